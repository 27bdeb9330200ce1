import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { moveRules } from '../../src/referral/referral-evidence.ts'
import { referralMoves, turns } from '../../src/referral/referral-state.ts'
import { reviewMoves } from '../../src/review/review-state.ts'

const page = readFileSync('docs/states.md', 'utf8')

test.each([
  ['a flag under review', 'reviewMoves', reviewMoves],
  ['a referral', 'referralMoves', referralMoves],
])('docs/states.md prints the moves of %s as the program has them', (_what, name, moves) => {
  expect(tableAfter(name)).toBe(tableOf(moves))
})

test('docs/states.md prints who may move a referral, and what must be said, as the program has it', () => {
  const rows = Object.entries(moveRules).map(([move, { by, evidence }]) =>
    row(code(move), by.join(', '), evidence.map(code).join(', ') || 'nothing'),
  )
  expect(tableAfter('moveRules')).toBe(
    [row('The move', 'is made by', 'with'), '|---|---|---|', ...rows].join('\n'),
  )
})

test('docs/states.md prints whose turn it is in each state, as the program has it', () => {
  const rows = Object.entries(turns).map(([state, turn]) => row(code(state), turn))
  expect(tableAfter('turns')).toBe([row('In state', 'it is the turn of'), '|---|---|', ...rows].join('\n'))
})

/** The table below the comment that names it. */
function tableAfter(name: string): string {
  return page.split(`<!-- ${name} -->`)[1]?.trim().split('\n\n')[0] ?? ''
}

function tableOf(moves: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  const rows = Object.entries(moves).flatMap(([state, from]) => {
    const each = Object.entries(from).map(([move, to]) => `| \`${state}\` | \`${move}\` | \`${to}\` |`)
    return each.length > 0 ? each : [`| \`${state}\` | none: the end | |`]
  })
  return ['| In state | the move | leads to |', '|---|---|---|', ...rows].join('\n')
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function code(word: string): string {
  return `\`${word}\``
}
