import type { Actor } from '../services/actor.ts'
import type { Account, Role } from '../services/people.ts'
import type { Fields } from './fields.ts'
import type { Wren } from './settings.ts'

/** One request, as a page sees it. */
export interface OpenVisit {
  /** Null on the pages that need no sign-in. */
  readonly actor: Actor | null
  readonly params: Fields
  readonly query: Fields
  readonly form: Fields
  readonly wren: Wren
  readonly signInLimit: SignInLimit
  /** Since this person last asked for something; what a page asks for by itself does not count. */
  readonly quietMs: number
}

export interface Visit extends OpenVisit {
  readonly actor: Actor
}

/** Failed sign-ins by name and by address: too many, and the next is not looked at for a while. */
export interface SignInLimit {
  isReached(): Promise<boolean>
  countFailure(): Promise<void>
}

/** Told once, on the page that comes next. Never a name: it travels in the session. */
export interface Notice {
  readonly tone: 'success' | 'information'
  readonly text: string
  readonly link?: { readonly href: string; readonly text: string }
  /** What can be done about it with one press, such as Undo. */
  readonly act?: { readonly action: string; readonly text: string }
  /** The focus stays where the address says, such as on the heading of the next attendance. */
  readonly keepsFocus?: boolean
}

/** What a page answers. The server alone turns it into HTTP. */
export type Answer =
  | {
      readonly kind: 'page'
      readonly view: string
      readonly title: string
      readonly status?: number
      readonly context?: object
    }
  | { readonly kind: 'redirect'; readonly to: string; readonly notice?: Notice }
  | { readonly kind: 'not-found' }
  /** To be saved by the browser under this name, which tells nothing of a child. */
  | { readonly kind: 'file'; readonly name: string; readonly type: string; readonly bytes: Uint8Array }
  /** Saved, and there is no page to show: for scripts. */
  | { readonly kind: 'done' }
  /** For our own scripts. Never a name, never a word of a note. */
  | { readonly kind: 'json'; readonly body: Readonly<Record<string, string | number>> }
  | { readonly kind: 'signed-in'; readonly account: Account; readonly to: string }
  | { readonly kind: 'signed-out' }

/** One line of the table of routes. */
export type Route =
  | {
      readonly method: 'GET' | 'POST'
      readonly path: string
      readonly roles: readonly Role[]
      /** Its form holds a file, which comes as text. */
      readonly takesFile?: true
      readonly show: (visit: Visit) => Promise<Answer>
      /** Asked by a page and not by a person: it keeps no session alive, and ends none. */
      readonly isQuiet?: true
      /** Keeps what was typed where the session has ended meanwhile, for the nurse whose session it was. */
      readonly keep?: (visit: Visit) => Promise<unknown>
    }
  | {
      readonly method: 'GET' | 'POST'
      readonly path: string
      readonly roles: 'everyone'
      readonly takesFile?: never
      readonly isQuiet?: never
      readonly show: (visit: OpenVisit) => Promise<Answer>
    }
