import { type Kysely, type RawBuilder, sql } from 'kysely'
import {
  type Facet,
  type FacetGroup,
  facets,
  type QueueFilter,
  siteNotRecorded,
} from '../../review/queue-facets.ts'
import type { ReviewState } from '../../review/review-state.ts'
import type { QueueView } from '../../services/queue-view-port.ts'
import type { Tables } from './tables.ts'

/** Flags of these states that are alike for this reader, in groups. Meant for the states that work empties. */
export async function countFacets(
  database: Kysely<Tables>,
  { states, view }: { readonly states: readonly ReviewState[]; readonly view: QueueView },
): Promise<readonly FacetGroup[]> {
  const found = await sql<Readonly<Record<Facet, string[]>> & { flags: number }>`
    select ${sql.join(facets.map(facet => sql`${valuesOf(facet, view)} as ${sql.ref(facet)}`))}, count(*) as flags
    from flag where flag.state = any(${[...states]})
    group by ${sql.join(facets.map((_, index) => sql.lit(index + 1)))}`.execute(database)
  return found.rows.map(({ flags, ...values }) => ({ values, flags }))
}

/** The condition that a filter sets on `flag`; it says nothing of the facets of which nothing is chosen. */
export function whereShown({ filter, ...view }: QueueView & { readonly filter: QueueFilter }) {
  const chosen = facets.filter(facet => filter[facet].length > 0)
  const conditions = chosen.map(facet => sql`and ${valuesOf(facet, view)} && ${[...filter[facet]]}::text[]`)
  return sql.join(conditions, sql` `)
}

/** What a flag is in a facet, as an array of text: of themes there may be several, of the others one. */
function valuesOf(facet: Facet, { who, role, overdueBefore }: QueueView): RawBuilder<unknown> {
  switch (facet) {
    case 'site':
      return sql`array[coalesce(flag.site, ${sql.lit(siteNotRecorded)})]`
    case 'theme':
      return sql`flag.themes`
    case 'band':
      return sql`array[flag.priority]`
    case 'age':
      return sql`array[case when flag.age is null then 'not-known' when flag.age < 13 then 'under-13'
        when flag.age < 16 then '13-15' when flag.age < 18 then '16-17' when flag.age < 26 then '18-25'
        else 'over-25' end]`
    case 'with':
      return sql`array[case when flag.claimed_by = ${who} then 'me' when flag.claimed_by is not null then 'somebody'
        when flag.handed_to in (${who}, ${`team:${role}`}) then 'me' when flag.handed_to is not null then 'somebody'
        else 'nobody' end]`
    case 'due':
      return sql`case when flag.state in ('to-review', 'in-review') and flag.raised_at < case flag.priority
        when 'high' then ${overdueBefore.high}::timestamptz else ${overdueBefore.others}::timestamptz end
        then array['overdue'] else array[]::text[] end`
    default:
      throw new Error(`no values for facet ${facet satisfies never}`)
  }
}
