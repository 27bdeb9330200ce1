import type { Client } from 'pg'

/**
 * Years of a county's hospitals, put straight into the tables: 500 attendances a day that end at the given instant, one
 * in twenty of them flagged and reviewed, another one in twenty set aside; of a hundred flags two were referred. The
 * newest forty flags wait for review, and some of the last two months have actions open. Copied from the first flag that the database holds, under other names.
 */
export async function addYearsOfHistory(
  client: Client,
  { attendances, until }: { readonly attendances: number; readonly until: string },
): Promise<void> {
  for (const statement of statementsOf(attendances, until)) await client.query(statement)
}

const statementsOf = (attendances: number, until: string): readonly string[] => [
  `create temp table moment as
    select i, at, at::date as day, 'RWP' as trust, 'B' || i as attendance, (array['RWP50', 'RWP01'])[1 + i % 2] as site,
      case when i % 20 = 0 then 'flagged' else 'clear' end as outcome,
      case when i > ${attendances - 800} then 'to-review' when i > ${attendances - 30_000} and i % 400 = 0 then 'actions-open' else 'done' end as state
    from generate_series(1, ${attendances}) as i,
      lateral (select timestamptz '${until}' - (${attendances} - i) * interval '172.8 seconds' as at) as clock`,
  `create temp table told as
    select attendance, mentions, flag.because, flag.priority, flag.band, ruleset_version, flag.themes
    from flag join held using (trust, attendance_id) order by raised_at limit 1`,
  `insert into receipt (event_id, channel, stream, partition, position, received_at, day, source, format, trust,
      attendance_id, site, arrived_at, age_band, outcome, ruleset_version, body_sha256, without_text, parts_unread)
    select 'event ' || i, 'http', 'attendances', 0, i::text, at, day, 'ed', 'json', trust, attendance, site, at, '13 to 15',
      case when i % 5003 = 0 then 'unreadable' else outcome end, 'v1', 'body ' || i, i % 997 = 0,
      case when i % 991 = 0 then 1 else 0 end from moment`,
  `insert into dead_letter (event_id, channel, stream, partition, position, received_at, reason, problem, bytes)
    select 'event ' || i, 'http', 'attendances', 0, i::text, at, 'schema', 'no date', 'x' from moment where i % 5003 = 0`,
  `insert into patient_attendance (patient_hash, trust, attendance_id, site, arrived_at, at, outcome)
    select 'child ' || i % 300007, trust, attendance, site, at, at, outcome from moment`,
  `insert into held (trust, attendance_id, attendance, mentions, vanished, outcome, priority, because, ruleset_version,
      arrived_at, held_at)
    select moment.trust, moment.attendance,
      told.attendance || jsonb_build_object('attendanceId', moment.attendance, 'arrivedAt', at, 'site', site, 'patient',
        told.attendance -> 'patient' || jsonb_build_object(
          'family', 'Ash' || chr(97 + i % 26) || chr(97 + i / 26 % 26) || chr(97 + i / 676 % 26) || 'down',
          'given', (array['Rowan', 'Isla', 'Kit', 'Noor', 'Wren', 'Idris', 'Mabel'])[1 + i % 7],
          'birthDate', (day - 4800 - i % 1400)::text, 'postcode', 'WR' || i % 9 || ' ' || i % 7 || 'AB')),
      mentions, '[]', outcome, priority, because, ruleset_version, at, at
    from moment, told where i % 10 = 0`,
  `insert into flag (id, trust, attendance_id, priority, band, because, state, arrived_at, raised_at, updated_at, version,
      site, age, themes)
    select 'flag-' || i, moment.trust, moment.attendance, priority, band, because, state, at, at, at, 3, site, 14, themes
    from moment, told where outcome = 'flagged'`,
  `insert into decision (id, flag_id, outcome, reason, decided_by, decided_at)
    select 'decision ' || i, 'flag-' || i, case when i % 1000 = 0 then 'refer' else 'no-action' end, 'seen by the team',
      'asha.patel', at + interval '3 hours' from moment where outcome = 'flagged' and state <> 'to-review'`,
  `insert into checklist_answer (flag_id, action, answer, words, answered_by, answered_at)
    select 'flag-' || i, 'gp', 'done', 'letter sent', 'asha.patel', at + interval '3 hours'
    from moment where outcome = 'flagged' and state <> 'to-review'`,
  `insert into referral (id, flag_id, revision, authorised_by, authorised_at, body, body_sha256, destination)
    select 'referral-' || i, 'flag-' || i, 1, 'asha.patel', at + interval '3 hours', '{}', 'body ' || i,
      'get-safe' from moment where i % 1000 = 0 and state <> 'to-review'`,
  `insert into outbox (referral_id, flag_id, revision, state, attempts, portal_reference, queued_at, delivered_at,
      state_since, sent_at, acknowledged_at)
    select 'referral-' || i, 'flag-' || i, 1, 'stepped-down', 1, 'GS-' || i, at, at, at, at, at
    from moment where i % 1000 = 0 and state <> 'to-review'`,
  `insert into referral_move (referral_id, move, from_state, to_state, by_kind, who, at, evidence)
    select 'referral-' || i, 'acknowledge', 'sent', 'acknowledged', 'receiver', 'REST', at, '{}'
    from moment where i % 1000 = 0 and state <> 'to-review'`,
  `insert into audit_entry (sequence, at, who, role, did, what, why, previous_hash, hash)
    select newest + row_number() over (order by i), at, 'asha.patel', 'nurse', 'opened flag', 'flag-' || i, null, '',
      'hash ' || i from moment, (select coalesce(max(sequence), 0) as newest from audit_entry) as last where i % 10 = 0`,
  `insert into held_event select 'event ' || i from moment where i % 10 = 0`,
  'drop table moment, told',
  'vacuum analyze',
]
