import { createHash } from 'node:crypto'
import type { Rule } from '../rules/rule.ts'
import type { Ruleset } from '../rules/ruleset.ts'
import type { Clock } from './ports.ts'
import type { ReplayStore } from './replay-port.ts'

/**
 * Keeps since when each live rule is in use here, so that what it finds in older messages can be marked with when it
 * was added. A rule on trial flags nothing: it counts as added when it goes live.
 */
export async function rememberRules(
  { replays, clock }: { readonly replays: Pick<ReplayStore, 'rememberRules'>; readonly clock: Clock },
  { rules }: Pick<Ruleset, 'rules'>,
): Promise<void> {
  const live = rules.filter(({ status }) => status === 'live')
  const seen = live.map(rule => ({ rule: rule.id, sha256: fingerprintOf(rule) }))
  await replays.rememberRules(seen, clock.now().toString())
}

/** Of what decides what a rule finds: another example or a better reason is no change of it. */
function fingerprintOf({ ages, match, codes, ignore, when }: Rule): string {
  return createHash('sha256')
    .update(JSON.stringify([ages, match, codes, ignore, when]))
    .digest('hex')
}
