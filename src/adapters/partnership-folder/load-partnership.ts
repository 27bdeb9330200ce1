import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAreas } from '../../referral/parse-areas.ts'
import { parseAssessment } from '../../referral/parse-assessment.ts'
import { parseServices } from '../../referral/parse-services.ts'
import type { Partnership } from '../../referral/partnership.ts'
import { readBankHolidays } from '../../referral/working-days.ts'
import type { RuleProblem } from '../../rules/problem.ts'
import type { RuleFile } from '../../rules/rule-file.ts'
import { countProblems, showProblem } from '../../rules/show-problem.ts'

/** What a partnership folder holds, with the texts, so that problems can be shown with their lines. */
export interface LoadedPartnership {
  readonly folder: string
  readonly files: readonly RuleFile[]
  /** Null where any problem is an error. */
  readonly partnership: Partnership | null
  readonly problems: readonly RuleProblem[]
}

/** Reads the folder. Faults of the files are values; only a file that cannot be read at all throws. */
export async function loadPartnership(folder: string): Promise<LoadedPartnership> {
  const [areasFile, formFile, servicesFile, holidaysFile] = await Promise.all([
    readText(folder, 'areas.yaml'),
    readText(folder, 'risk-assessment.yaml'),
    readText(folder, 'services.yaml'),
    readText(folder, 'bank-holidays.json'),
  ])
  const areas = parseAreas(areasFile)
  const form = parseAssessment(formFile)
  const districts = areas.content?.own.districts.map(({ name }) => name) ?? []
  const services = parseServices(servicesFile, { districts })
  const holidays = readBankHolidays(jsonIn(holidaysFile.text))
  const problems = [
    ...areas.problems,
    ...form.problems,
    ...services.problems,
    ...(holidays === null ? [holidaysProblem(holidaysFile.path)] : []),
  ]
  const isWhole =
    areas.content !== null && form.content !== null && services.content !== null && holidays !== null
  return {
    folder,
    files: [areasFile, formFile, servicesFile, holidaysFile],
    partnership: isWhole
      ? { areas: areas.content, form: form.content, services: services.content, holidays }
      : null,
    problems,
  }
}

/** What to start with. A folder with an error stops the start, in words: a child must not go to the wrong authority. */
export function requirePartnership({ folder, files, partnership, problems }: LoadedPartnership): Partnership {
  if (partnership !== null) return partnership
  const errors = problems.filter(({ severity }) => severity === 'error')
  throw new PartnershipFolderError(
    [
      ...errors.map(problem => showIn({ files }, problem)),
      `The partnership folder ${folder} cannot be used: ${countProblems(errors)}.`,
    ].join('\n\n'),
  )
}

/** A problem with its line, taken from the loaded texts. */
export function showIn({ files }: Pick<LoadedPartnership, 'files'>, problem: RuleProblem): string {
  return showProblem(problem, files.find(({ path }) => path === problem.file)?.text ?? null)
}

/** The partnership folder cannot be read or used. The message is for the person who starts Wren. */
export class PartnershipFolderError extends Error {
  override readonly name = 'PartnershipFolderError'
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // told as a problem of the file
  }
}

function holidaysProblem(file: string): RuleProblem {
  return {
    ...{ code: 'W003', severity: 'error', file, line: 1, column: 1, width: 1, hint: null },
    message: 'no bank holidays of England can be read here',
    help: 'put the file https://www.gov.uk/bank-holidays.json in its place, as it is',
  }
}

async function readText(folder: string, name: string): Promise<RuleFile> {
  const path = join(folder, name)
  try {
    return { path, text: new TextDecoder('utf-8').decode(await readFile(path)) }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new PartnershipFolderError(
      `${path} cannot be read (${code}). Name another folder with WREN_PARTNERSHIP.`,
      { cause },
    )
  }
}
