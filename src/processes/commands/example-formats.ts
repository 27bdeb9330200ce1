/** One example of a rule, and whether it holds. */
export interface ExampleRun {
  readonly rule: string
  readonly list: 'match' | 'lowered' | 'no_match'
  /** From 1, as people count. */
  readonly number: number
  readonly text: string
  /** Null where it holds; otherwise why not. */
  readonly failure: string | null
}

export const exampleFormats = ['text', 'tap', 'junit', 'json'] as const
export type ExampleFormat = (typeof exampleFormats)[number]

export function formatExamples(runs: readonly ExampleRun[], format: ExampleFormat): string {
  switch (format) {
    case 'text':
      return textOf(runs)
    case 'tap':
      return tapOf(runs)
    case 'junit':
      return junitOf(runs)
    case 'json':
      return runs.map(run => `${JSON.stringify({ ...run, holds: run.failure === null })}\n`).join('')
  }
}

function textOf(runs: readonly ExampleRun[]): string {
  const rules = [...new Set(runs.map(({ rule }) => rule))]
  return rules
    .flatMap(rule => [
      rule,
      ...runs
        .filter(run => run.rule === rule)
        .map(run => `  ${run.failure === null ? 'pass' : 'FAIL'}  ${run.list}: ${run.text}${reason(run)}`),
    ])
    .map(line => `${line}\n`)
    .join('')
}

function reason({ failure }: ExampleRun): string {
  return failure === null ? '' : `\n        ${failure}`
}

/** TAP version 14. */
function tapOf(runs: readonly ExampleRun[]): string {
  const title = ({ rule, list, number, text }: ExampleRun) =>
    `${rule} ${list} ${number}: ${text}`.replace(/[\\#]/g, '\\$&').replace(/\s+/g, ' ')
  const lines = runs.flatMap((run, index) => [
    `${run.failure === null ? 'ok' : 'not ok'} ${index + 1} - ${title(run)}`,
    ...(run.failure === null ? [] : ['  ---', `  message: ${JSON.stringify(run.failure)}`, '  ...']),
  ])
  return ['TAP version 14', `1..${runs.length}`, ...lines].map(line => `${line}\n`).join('')
}

function junitOf(runs: readonly ExampleRun[]): string {
  const rules = [...new Set(runs.map(({ rule }) => rule))]
  const suites = rules.map(rule => {
    const own = runs.filter(run => run.rule === rule)
    const cases = own.map(({ list, number, text, failure }) => {
      const open = `    <testcase classname="${xml(rule)}" name="${xml(`${list} ${number}: ${text}`)}"`
      return failure === null ? `${open}/>` : `${open}><failure message="${xml(failure)}"/></testcase>`
    })
    const failures = own.filter(({ failure }) => failure !== null).length
    return [
      `  <testsuite name="${xml(rule)}" tests="${own.length}" failures="${failures}">`,
      ...cases,
      '  </testsuite>',
    ].join('\n')
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`
}

function xml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/\s+/g, ' ')
}
