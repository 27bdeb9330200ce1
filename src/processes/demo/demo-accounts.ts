import { argon2Passwords } from '../../adapters/identity/passwords.ts'
import type { AccountStore } from '../../services/people.ts'
import type { DemoSignIn } from '../../web/settings.ts'

/** One sign-in a role. They guard invented people on this machine only, so everybody may know them. */
export const demoSignIns: readonly DemoSignIn[] = [
  { username: 'nurse', password: 'nurse-demo', name: 'Asha Patel', role: 'nurse' },
  { username: 'lead', password: 'lead-demo', name: 'Morwenna Hughes', role: 'lead' },
  { username: 'rules', password: 'rules-demo', name: 'Tom Ogunleye', role: 'rules-maintainer' },
  { username: 'ops', password: 'ops-demo', name: 'Farah Siddiqui', role: 'ops' },
]

export async function saveDemoAccounts(accounts: AccountStore): Promise<void> {
  for (const { password, ...account } of demoSignIns) {
    await accounts.save({ ...account, disabled: false, passwordHash: await argon2Passwords.hash(password) })
  }
}
