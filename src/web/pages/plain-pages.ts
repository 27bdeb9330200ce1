import type { Answer, OpenVisit, Visit } from '../visit.ts'

export async function showHelp({ wren }: OpenVisit): Promise<Answer> {
  return { kind: 'page', view: 'help.njk', title: 'Help', context: { phone: wren.settings.phoneFallback } }
}

export async function showAccessibility(): Promise<Answer> {
  return { kind: 'page', view: 'accessibility.njk', title: 'Accessibility statement' }
}

/** A page with nobody on it, for when somebody walks past and scripts do not run. */
export async function showBlank(): Promise<Answer> {
  return { kind: 'page', view: 'blank.njk', title: 'Screen covered' }
}

/** Asked by the warning before a session ends: being asked is all it takes. */
export async function stay(): Promise<Answer> {
  return { kind: 'page', view: 'stay.njk', title: 'Still signed in' }
}

/** For a page that is about to warn: the nurse may have been at work on another one. */
export async function showSeen({ quietMs }: Visit): Promise<Answer> {
  return { kind: 'json', body: { quietMs } }
}
