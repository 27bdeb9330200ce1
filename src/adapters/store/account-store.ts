import type { Kysely } from 'kysely'
import type { AccountStore } from '../../services/people.ts'
import type { Tables } from './tables.ts'

export function accountStore(database: Kysely<Tables>): AccountStore {
  return {
    find: async username => {
      const row = await database
        .selectFrom('account')
        .selectAll()
        .where('username', '=', username)
        .executeTakeFirst()
      if (row === undefined) return null
      const { password_hash: passwordHash, ...account } = row
      return { ...account, passwordHash }
    },
    list: () =>
      database
        .selectFrom('account')
        .select(['username', 'name', 'role', 'disabled'])
        .orderBy('username')
        .execute(),
    save: async ({ username, name, role, disabled, passwordHash }) => {
      const account = { name, role, disabled, password_hash: passwordHash }
      await database
        .insertInto('account')
        .values({ username, ...account })
        .onConflict(conflict => conflict.column('username').doUpdateSet(account))
        .execute()
    },
  }
}
