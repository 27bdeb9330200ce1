import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const statuses = /^Status: (proposed|accepted|superseded by \d{4})$/
const sections = ['Context', 'Decision', 'Consequences']

const records = readdirSync('docs/adr')
  .sort()
  .map(file => ({ file, text: readFileSync(`docs/adr/${file}`, 'utf8') }))

describe('the decision records', () => {
  test('they are numbered from 0001 without a gap, each number once', () => {
    const numbers = records.map(({ file }) => Number(file.slice(0, 4)))
    expect(numbers).toEqual(records.map((_, index) => index + 1))
  })

  test.each(records.map(record => [record.file, record] as const))(
    '%s has its number, a status and its sections, in half a page',
    (file, { text }) => {
      const lines = text.split('\n')
      expect(file).toMatch(/^\d{4}-[a-z0-9-]+\.md$/)
      expect(lines[0]).toMatch(new RegExp(`^# ${Number(file.slice(0, 4))}\\. \\S`))
      expect(lines.filter(line => statuses.test(line))).toHaveLength(1)
      expect([...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual(sections)
      expect(text.split(/\s+/).length).toBeLessThan(450)
    },
  )

  test('a record that is superseded names one that exists', () => {
    const named = records.flatMap(({ text }) =>
      [...text.matchAll(/superseded by (\d{4})/g)].map(found => found[1]),
    )
    const numbers = records.map(({ file }) => file.slice(0, 4))
    expect(named.filter(number => !numbers.includes(number ?? ''))).toEqual([])
  })
})
