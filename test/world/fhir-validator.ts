import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fetchJars } from './maven-artefacts.ts'
import { isThorough } from './thorough.ts'

/**
 * HL7's own validator of FHIR R4, in Java, with the definitions of R4 in its jars: it asks no server. 123 MB, which
 * only the build server fetches; at a desk what it kept is used.
 */
export async function fetchFhirValidator(): Promise<{ jars: string } | { missing: string }> {
  return fetchJars({
    what: 'the FHIR validator',
    name: 'hapi-fhir-8.8.1',
    pom: 'test/hapi/fhir/pom.xml',
    onlyKept: !isThorough,
  })
}

export interface FhirProblem {
  /** Which of the resources, from 0. */
  readonly index: number
  readonly severity: string
  readonly location: string
  readonly message: string
}

/** A program of seconds is done sooner without the second compiler: half the processor time. */
const quickStart = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']

/** What is wrong with each resource. One Java program for all: it takes seconds to start, and little for each. */
export async function validateFhir(
  jars: string,
  resources: readonly unknown[],
  signal?: AbortSignal,
): Promise<readonly FhirProblem[]> {
  const java = spawn('java', [...quickStart, '-cp', `${jars}/*`, 'test/hapi/fhir/ValidateMessages.java'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(signal === undefined ? {} : { signal, killSignal: 'SIGKILL' }),
  })
  const ended = new Promise((resolve, reject) => java.on('close', resolve).on('error', reject))
  java.stdin.end(resources.map(resource => `${JSON.stringify(resource)}\n`).join(''))
  const [told, complaints] = await Promise.all([text(java.stdout), text(java.stderr), ended])
  const lines = told.trimEnd().split('\n')
  if (lines.pop() !== `validated ${resources.length}`) {
    throw new Error(`the validator did not read everything: ${complaints}`)
  }
  return lines.map(problemOf)
}

/** line SP severity SP "[" location "]" SP message */
function problemOf(line: string): FhirProblem {
  const [, number, severity, location, message] = /^(\d+) (\w+) \[(.*?)\] (.*)$/.exec(line) ?? []
  if (message === undefined) throw new Error(`no line of the validator: ${line}`)
  return { index: Number(number) - 1, severity: severity ?? '', location: location ?? '', message }
}
