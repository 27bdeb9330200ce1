import { expect, test } from 'vitest'
import { openTestDatabase } from '../../world/database.ts'

test('an account is found under its user name, replaced by a second save, and listed without its hash', async () => {
  await using database = await openTestDatabase()
  const amara = {
    username: 'amara',
    name: 'Amara Okafor',
    role: 'nurse',
    disabled: false,
    passwordHash: 'h1',
  } as const
  const { accounts } = database.store
  await accounts.save(amara)
  await accounts.save({ ...amara, disabled: true, passwordHash: 'h2' })
  expect(await accounts.find('amara')).toEqual({ ...amara, disabled: true, passwordHash: 'h2' })
  expect(await accounts.find('beth')).toBeNull()
  const { passwordHash: _, ...listed } = { ...amara, disabled: true }
  expect(await accounts.list()).toEqual([listed])
})
