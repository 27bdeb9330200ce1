import { randomUUID } from 'node:crypto'
import type { Answers } from '../../referral/assessment-form.ts'
import { prefillReferral } from '../../referral/prefill.ts'
import { emptyDecisionForm } from '../../review/decision-form.ts'
import { flagIdOf } from '../../review/flag-id.ts'
import type { Actor } from '../../services/actor.ts'
import { claimFlag } from '../../services/claim-flag.ts'
import { decideFlag } from '../../services/decide-flag.ts'
import { readStory } from '../../services/referral-story.ts'
import { clock, partnershipOf, storeOf, type World } from '../world.ts'
import { demoSignIns } from './demo-accounts.ts'
import { type DemoMessage, makeDemoDay } from './demo-day.ts'

/**
 * The lead has been here first: two children of yesterday are referred already, so that the list of referrals, the
 * papers of the meeting and the portal have something to show before the visitor has done anything. A flag that
 * somebody has touched stays as it is.
 */
export async function referYesterday(world: World, { day }: { day: string }): Promise<void> {
  const messages = makeDemoDay({ day, seed: Number(day.replaceAll('-', '')) })
  for (const { words, answers } of referred) {
    const message = messages.find(each => each.shows === 'concern' && textOf(each).includes(words))
    const flagId = message === undefined ? null : flagIdFrom(world, message)
    if (flagId !== null) await referChild(world, { flagId, answers })
  }
}

/** Each child by words that only its story has, with what the lead answered. */
const referred: readonly { readonly words: string; readonly answers: Answers }[] = [
  {
    words: 'ONKNIFE',
    answers: {
      concerns:
        'Cut across the palm with a knife in the park last night. Will not say who had the knife or why. The phone rang without a pause.',
      'level-weapon': 'present',
      overall: 'high',
      significantHarm: 'yes',
      socialCare: 'referred',
      socialCareWords: 'Family Front Door, by telephone, this morning',
      strategyDiscussion: 'asked-for',
      police: 'yes',
      consent: 'given',
      parentsInformed: 'yes',
      capacity: 'yes',
    },
  },
  {
    words: 'he owes them',
    answers: {
      concerns:
        'Beaten with a bottle by older males whom he says he owes. His sister sees cars outside the house at night.',
      'level-gang': 'likely',
      overall: 'medium',
      significantHarm: 'unknown',
      socialCare: 'referred',
      socialCareWords: 'Family Front Door, by telephone, this morning',
      police: 'yes',
      consent: 'refused',
      consentReason: 'He wants it left alone. He and his sister may be hurt.',
      parentsInformed: 'yes',
      capacity: 'yes',
    },
  },
]

function textOf({ bytes }: DemoMessage): string {
  return new TextDecoder().decode(bytes)
}

/** A message does not name its trust: it is read as it was when it came. */
function flagIdFrom(world: World, { bytes, sentAt }: DemoMessage): string | null {
  const delivery = { channel: 'demo', stream: 'demo', partition: 0, offset: 'again', receivedAt: sentAt }
  const { held } = world.screen(bytes, delivery)
  return held === null ? null : flagIdOf(held.held.attendance)
}

async function referChild(
  world: World,
  { flagId, answers }: { flagId: string; answers: Answers },
): Promise<void> {
  const { review } = storeOf(world)
  const partnership = partnershipOf(world)
  const { form } = partnership
  const file = await review.flagFile(flagId)
  if (file === null || file.flag.state !== 'to-review' || file.decisions.length > 0) return
  const { version } = file.flag
  if ((await claimFlag({ review, clock }, { actor: lead, flagId, version, from: null })) !== 'saved') return
  const known = prefillReferral(form, await readStory(review, file)).answers
  const lawfulBasis = answers.consent === 'given' ? '' : (form.lawfulBases[0]?.value ?? '')
  const decided = await decideFlag(
    { review, clock, newId: randomUUID, partnership },
    {
      ...{ actor: lead, flagId, version: version + 1 },
      referral: { form, answers: { ...known, lawfulBasis, ...answers } },
      form: { ...emptyDecisionForm, outcome: 'refer', reason: answers.concerns ?? '' },
    },
  )
  if (decided.kind !== 'saved') throw new Error(`the demo's referral was ${JSON.stringify(decided)}`)
}

const lead: Actor = leadOf(demoSignIns)

function leadOf(people: readonly Actor[]): Actor {
  const found = people.find(({ role }) => role === 'lead')
  if (found === undefined) throw new Error('the demo has no lead')
  const { username, name, role } = found
  return { username, name, role }
}
