export const roles = ['nurse', 'lead', 'rules-maintainer', 'ops'] as const
export type Role = (typeof roles)[number]

export interface Account {
  readonly username: string
  /** In full, as others see it. */
  readonly name: string
  readonly role: Role
  readonly disabled: boolean
}

export interface AccountStore {
  find(username: string): Promise<(Account & { readonly passwordHash: string }) | null>
  list(): Promise<readonly Account[]>
  /** Adds or replaces. */
  save(account: Account & { readonly passwordHash: string }): Promise<void>
}

export interface Passwords {
  hash(password: string): Promise<string>
  verify(hash: string, password: string): Promise<boolean>
}

/** Who saw or did what, when. Append-only; each entry's hash covers the one before. */
export interface AuditEntry {
  readonly at: string
  readonly who: string
  readonly role: Role | 'system'
  /** A verb in the past, such as "opened flag". */
  readonly did: string
  /** The flag, referral or list it was done to: an id, never a name. */
  readonly what: string
  /** A reason given by a person, or null. */
  readonly why: string | null
}

export interface AuditStore {
  append(entry: AuditEntry): Promise<void>
  /** Newest first. */
  about(what: string, limit: number): Promise<readonly AuditEntry[]>
}
