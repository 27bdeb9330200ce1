import { describe, expect, test } from 'vitest'
import { noFilter, type QueueFilter } from '../../src/review/queue-facets.ts'
import { filterText, hrefOfQueue, readFilterText } from '../../src/web/presenters/queue-address.ts'
import { presentFilters } from '../../src/web/presenters/queue-filters.ts'

const siteNames = { RWP50: 'Worcestershire Royal', RWP01: 'Alexandra' }
const of = (values: Partial<QueueFilter>, flags: number) => ({ values: { ...noFilter, ...values }, flags })
const groups = [
  of({ site: ['RWP50'], theme: ['weapons'], band: ['high'], age: ['16-17'], with: ['nobody'] }, 3),
  of(
    { site: ['RWP01'], theme: ['weapons', 'exploitation'], band: ['low'], age: ['13-15'], with: ['nobody'] },
    1,
  ),
]

describe('the address of a narrowed list', () => {
  const filter = { ...noFilter, site: ['RWP50', 'St Elsewhere & Co'], theme: ['weapons'] }

  test('names list, choices and page, and the plain list is the plain address', () => {
    expect(hrefOfQueue({ tab: 'to-review', filter: noFilter, page: 1 })).toBe('/')
    expect(hrefOfQueue({ tab: 'deferred', filter, page: 2 })).toBe(
      '/?tab=deferred&site=RWP50&site=St+Elsewhere+%26+Co&theme=weapons&page=2',
    )
  })

  test('a filter that is saved reads back as it was, and anything else in it is left out', () => {
    expect(readFilterText(filterText(filter))).toEqual(filter)
    expect(readFilterText('theme=weapons&sort=name&tab=done&page=3')).toEqual({
      ...noFilter,
      theme: ['weapons'],
    })
  })
})

describe('what the page says of filters', () => {
  const present = (filter: Partial<QueueFilter>, { tab = 'to-review', saved = [] as string[] } = {}) => {
    const asked = { ...noFilter, ...filter }
    const shown = groups
      .filter(({ values }) =>
        Object.entries(filter).every(([facet, [choice = '']]) => values[facet as 'site'].includes(choice)),
      )
      .reduce((sum, { flags }) => sum + flags, 0)
    const narrowed = { filter: asked, groups, shown, total: 4 }
    return presentFilters(narrowed, { tab: tab as 'to-review', siteNames, saved })
  }
  const offered = (filter: Partial<QueueFilter>) =>
    present(filter).fieldsets.map(
      ({ legend, choices }) => `${legend}: ${choices.map(({ text }) => text).join(', ')}`,
    )

  test('a facet in which all are alike is not offered, and sites stand by name', () => {
    expect(offered({})).toEqual([
      'Site: Alexandra (1), Worcestershire Royal (3)',
      'Kind of harm: Weapons (4), Exploitation (1)',
      'Band: Review first (3), Review next (1)',
      'Age on arrival: 13 to 15 (1), 16 and 17 (3)',
    ])
  })

  test('what is chosen stays to be taken away, also where it shows nobody', () => {
    expect(offered({ site: ['RWP01'], age: ['16-17'] })).toContain(
      'Site: Alexandra (0), Worcestershire Royal (3)',
    )
    expect(present({ due: ['overdue'] }).chips).toEqual([{ text: 'Overdue', href: '/' }])
  })

  test.each<[Partial<QueueFilter>, string, string]>([
    [{ site: ['RWP50'] }, 'to-review', '3 of 4 attendances shown. 1 is hidden by the filters.'],
    [
      { site: ['RWP01'] },
      'to-review',
      '1 of 4 attendances shown. 3 are hidden by the filters, 3 of them under “Review first”.',
    ],
    [{ site: ['RWP01'] }, 'deferred', '1 of 4 attendances shown. 3 are hidden by the filters.'],
    [{ theme: ['weapons'] }, 'to-review', '4 of 4 attendances shown. The filters hide none.'],
  ])('%j on %s: %s', (filter, tab, words) => {
    expect(present(filter, { tab }).hidden).toBe(words)
  })

  test('a view is offered to be saved once, and is called what it shows', () => {
    const filter = { site: ['RWP50'], theme: ['weapons'] }
    expect(present(filter).toSave).toBe('site=RWP50&theme=weapons')
    const again = present(filter, { saved: ['site=RWP50&theme=weapons', 'age=not-known&with=me&band=high'] })
    expect(again.toSave).toBeNull()
    expect(again.saved.map(({ text, isCurrent }) => [text, isCurrent])).toEqual([
      ['Worcestershire Royal, Weapons', true],
      ['Review first, Age not known, With you', false],
    ])
    expect(present({}).toSave).toBeNull()
  })
})
