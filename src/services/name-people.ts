import type { AccountStore } from './people.ts'

/** The full name of each user name, as nurses see one another: names in full, never initials. */
export async function namePeople(accounts: AccountStore): Promise<ReadonlyMap<string, string>> {
  const all = await accounts.list()
  return new Map(all.map(({ username, name }) => [username, name]))
}
