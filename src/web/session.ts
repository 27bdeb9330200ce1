import type {} from '@fastify/secure-session'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../services/actor.ts'
import type { Account, AccountStore } from '../services/people.ts'
import type { Notice } from './visit.ts'

/** Nothing pressed for this long ends a session. */
export const idleMs = 15 * 60_000
/** A session ends after this long, whatever is pressed. */
export const sessionMs = 12 * 60 * 60_000

/** What Wren keeps in the encrypted cookie. No patient is among it. */
declare module '@fastify/secure-session' {
  interface SessionData {
    username: string
    startedAtMs: number
    seenAtMs: number
    notice: Notice
  }
}

type Session = FastifyRequest['session']

export function beginSession(
  session: Session,
  { account, nowMs }: { account: Account; nowMs: number },
): void {
  session.regenerate() // a session from before the sign-in must not become a signed-in one
  session.set('username', account.username)
  session.set('startedAtMs', nowMs)
  session.set('seenAtMs', nowMs)
}

/** Ends the session and keeps the cookie, so that the next page can say what happened. */
export function endSession(session: Session, notice?: Notice): void {
  session.regenerate()
  if (notice !== undefined) session.set('notice', notice)
}

/**
 * Who is signed in, or null. The account is read anew on every request, so that a disabled account or a changed
 * role counts at once. Being seen moves the end of the idle time; a quiet request, which no person made, does not.
 */
export async function resumeSession(
  session: Session,
  { accounts, nowMs, isQuiet = false }: { accounts: AccountStore; nowMs: number; isQuiet?: boolean },
): Promise<Actor | 'ended' | null> {
  const username = session.get('username')
  if (username === undefined) return null
  const idleSince = session.get('seenAtMs') ?? 0
  const startedAt = session.get('startedAtMs') ?? 0
  if (nowMs - idleSince >= idleMs || nowMs - startedAt >= sessionMs) return 'ended'
  const account = await accounts.find(username)
  if (account === null || account.disabled) return 'ended'
  if (!isQuiet) session.set('seenAtMs', nowMs)
  return { username: account.username, name: account.name, role: account.role }
}

/** For how long the session has not been seen. */
export function quietFor(session: Session, nowMs: number): number {
  return nowMs - (session.get('seenAtMs') ?? nowMs)
}

/** Who was signed in when the session ended; null where the account may not be used any more. */
export async function endedActor(session: Session, accounts: AccountStore): Promise<Actor | null> {
  const username = session.get('username')
  const account = username === undefined ? null : await accounts.find(username)
  if (account === null || account.disabled) return null
  return { username: account.username, name: account.name, role: account.role }
}

export function putNotice(session: Session, notice: Notice): void {
  session.set('notice', notice)
}

/** The notice for this page; it is told once. */
export function takeNotice(session: Session): Notice | null {
  const notice = session.get('notice')
  if (notice !== undefined) session.set('notice', undefined)
  return notice ?? null
}
