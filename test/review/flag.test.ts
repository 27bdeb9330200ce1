import { expect, test } from 'vitest'
import { addedMentions } from '../../src/review/flag.ts'
import type { Mention } from '../../src/scan/mention.ts'

function makeMention(change: Partial<Mention>): Mention {
  return {
    rule: 'weapon-blade',
    ruleName: 'Knife or other blade',
    theme: 'weapons',
    term: 'knife',
    section: 0,
    start: 0,
    end: 5,
    text: 'knife',
    edits: 0,
    assertion: 'affirmed',
    standing: 'counted',
    trial: false,
    because: 'stated',
    ...change,
  }
}

test.each([
  ['the same mention, moved by text before it', makeMention({ start: 40, end: 45 }), 0],
  ['the same word in capitals', makeMention({ text: 'KNIFE' }), 0],
  ['another word of the same rule', makeMention({ text: 'machete', term: 'machete' }), 1],
  ['the same word under another rule', makeMention({ rule: 'weapon-general' }), 1],
  ['a mention that is set aside', makeMention({ text: 'blade', standing: 'set-aside' }), 0],
])('%s: %s counts as added', (_what, later, count) => {
  expect(addedMentions([makeMention({})], [later])).toHaveLength(count)
})

test('a mention that was set aside before and counts now is added', () => {
  expect(addedMentions([makeMention({ standing: 'set-aside' })], [makeMention({})])).toHaveLength(1)
})
