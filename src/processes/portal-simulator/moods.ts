import { z } from 'zod'

/** How the portal can be told to behave, in the words of its page. */
export const moods = {
  well: { label: 'Working', effect: 'Takes referrals and answers at once.' },
  down: { label: 'Down', effect: 'Answers 503 to everything.' },
  slow: { label: 'Slow', effect: 'Stores the referral and answers much later than Wren waits.' },
  refuse: { label: 'Refuses', effect: 'Answers 400 and says why.' },
  'lose-answer': { label: 'Loses its answers', effect: 'Stores the referral, then drops the connection.' },
  'html-200': { label: 'Web page instead', effect: 'Answers 200 with a web page and stores nothing.' },
  'rate-limit': { label: 'Too busy', effect: 'Answers 429 and asks to wait a few seconds.' },
  'acknowledge-late': {
    label: 'Acknowledges late',
    effect: 'Takes the referral with a receipt, and gives its reference some seconds later.',
  },
  decline: { label: 'Declines', effect: 'Acknowledges the referral, then declines it with a reason.' },
  clumsy: {
    label: 'Calls back clumsily',
    effect: 'Tells Wren of each decision twice, and of the newest one first.',
  },
} as const satisfies Record<string, { label: string; effect: string }>

export type Mood = keyof typeof moods

export const moodNames: readonly Mood[] = Object.keys(moods).filter(isMood)

/** Moods in which what is sent is acknowledged in the end, and nothing else is decided about it. */
export const troubleNames: readonly Mood[] = moodNames.filter(
  name => name !== 'acknowledge-late' && name !== 'decline' && name !== 'clumsy',
)

/** What may be asked of the portal; `times` is the number of requests after which it is well again. */
export const MoodRequest = z.object({
  mood: z.string().refine(isMood, { error: `expected one of ${moodNames.join(', ')}` }),
  times: z.preprocess(
    value => (value === '' ? undefined : value),
    z.coerce.number().int().min(1).max(1_000).optional(),
  ),
})

/** The mood a portal is in, and for how many more requests. */
export class CurrentMood {
  #mood: Mood = 'well'
  #left: number | null = null

  get mood(): Mood {
    return this.#mood
  }

  /** Requests until it is well again; null: until it is told otherwise. */
  get left(): number | null {
    return this.#left
  }

  change({ mood, times }: { mood: Mood; times: number | null }): void {
    this.#mood = mood
    this.#left = mood === 'well' ? null : times
  }

  /** The mood for one request. */
  take(): Mood {
    const mood = this.#mood
    if (this.#left !== null) {
      this.#left -= 1
      if (this.#left === 0) this.change({ mood: 'well', times: null })
    }
    return mood
  }
}

function isMood(text: string): text is Mood {
  return Object.hasOwn(moods, text)
}
