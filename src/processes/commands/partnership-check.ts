import type { Command } from 'commander'
import {
  loadPartnership,
  PartnershipFolderError,
  showIn,
} from '../../adapters/partnership-folder/load-partnership.ts'
import { countProblems } from '../../rules/show-problem.ts'
import { reportFailure } from './report-failure.ts'

export function addPartnershipCommands(program: Command): void {
  program
    .command('partnership')
    .description('check the partnership folder: where referrals go, what they ask, what may help')
    .command('check')
    .summary('check every file of the partnership folder, and say everything that is wrong')
    .description(
      'Checks areas.yaml, risk-assessment.yaml, services.yaml and bank-holidays.json. Exits 1 when there is an error.',
    )
    .option('--folder <folder>', 'the partnership folder', 'partnership')
    .option('--json', 'one JSON object a problem')
    .addHelpText(
      'before',
      `Examples:
  wren partnership check                        every problem, with its line
  wren partnership check --folder /etc/wren     of another folder
`,
    )
    .action((options: CheckOptions) =>
      reportFailure(() => check(options), { alsoTold: [PartnershipFolderError] }),
    )
}

interface CheckOptions {
  readonly folder: string
  readonly json?: true
}

async function check({ folder, json }: CheckOptions): Promise<void> {
  const loaded = await loadPartnership(folder)
  const { problems, partnership } = loaded
  for (const problem of problems) {
    process.stdout.write(json === true ? `${JSON.stringify(problem)}\n` : `${showIn(loaded, problem)}\n\n`)
  }
  if (partnership === null || problems.length > 0) {
    process.stderr.write(`${countProblems(problems)}. docs/rule-problems.md explains each code.\n`)
  } else {
    const { form, holidays } = partnership
    process.stderr.write(
      `No problem found. Risk assessment version ${form.version}; bank holidays to the end of ${holidays.lastYear}. Next: wren start\n`,
    )
  }
  if (partnership === null) process.exitCode = 1
}
