import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { deliveryMoves } from '../../src/referral/delivery.ts'
import { reviewMoves } from '../../src/review/review-state.ts'

const page = readFileSync('docs/states.md', 'utf8')

test.each([
  ['a flag under review', 'reviewMoves', reviewMoves],
  ['a referral on its way', 'deliveryMoves', deliveryMoves],
])('docs/states.md prints the moves of %s as the program has them', (_what, name, moves) => {
  expect(tableAfter(name)).toBe(tableOf(moves))
})

/** The table below the comment that names it. */
function tableAfter(name: string): string {
  return page.split(`<!-- ${name} -->`)[1]?.trimStart().split('\n\n')[0] ?? ''
}

function tableOf(moves: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  const rows = Object.entries(moves).flatMap(([state, from]) => {
    const each = Object.entries(from).map(([move, to]) => `| \`${state}\` | \`${move}\` | \`${to}\` |`)
    return each.length > 0 ? each : [`| \`${state}\` | none: the end | |`]
  })
  return ['| In state | the move | leads to |', '|---|---|---|', ...rows].join('\n')
}
