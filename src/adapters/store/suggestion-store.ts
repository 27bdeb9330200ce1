import { type Kysely, sql } from 'kysely'
import type { Suggestion, SuggestionStore } from '../../services/suggestion-port.ts'
import type { Tables } from './tables.ts'

export function suggestionStore(database: Kysely<Tables>): SuggestionStore {
  return {
    save: async ({ flagId, rulesetVersion, by, at, ...suggestion }) => {
      await database
        .insertInto('rule_suggestion')
        .values({
          ...suggestion,
          flag_id: flagId,
          ruleset_version: rulesetVersion,
          suggested_by: by,
          suggested_at: at,
        })
        .onConflict(conflict => conflict.column('id').doNothing())
        .execute()
    },
    list: query => list(database, query),
  }
}

async function list(
  database: Kysely<Tables>,
  { rule, limit }: Parameters<SuggestionStore['list']>[0],
): Promise<readonly Suggestion[]> {
  const found = await sql<Suggestion>`
    with said as (
      (select wrong_rule as rule, wrong_term as term, 'wrong-match' as kind, '' as example, flag_id,
        decided_by as by, decided_at as at
      from decision
      where wrong_rule is not null and taken_back_at is null and (${rule}::text is null or wrong_rule = ${rule})
      order by decided_at desc limit ${limit})
      union all
      (select rule, term, 'told', example, flag_id, suggested_by, suggested_at
      from rule_suggestion where ${rule}::text is null or rule = ${rule}
      order by suggested_at desc limit ${limit})
    )
    select said.rule, said.term, said.kind, said.example, said.flag_id as "flagId", said.by, said.at,
      coalesce((
        select mention ->> 'text' from jsonb_array_elements(held.mentions) as mention
        where mention ->> 'rule' = said.rule and mention ->> 'term' = said.term limit 1
      ), '') as words
    from said
    join flag on flag.id = said.flag_id
    join held on held.trust = flag.trust and held.attendance_id = flag.attendance_id
    order by said.at desc limit ${limit}`.execute(database)
  return found.rows
}
