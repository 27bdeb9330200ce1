import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Settings } from './config.ts'

const Secrets = z.object({
  intakeToken: z.string().min(32),
  sessionKey: z.string().min(32),
  identifierKey: z.string().min(32),
})
export type Secrets = z.infer<typeof Secrets>

/**
 * The secrets of this installation: those set in the environment, and for the embedded default those kept in the
 * data folder, made at the first start. Losing the identifier key would make old patient hashes unfindable, so
 * the file is written once, whole, and only its owner can read it.
 */
export function loadSecrets({ secrets, dataFolder, databaseUrl }: Settings): Secrets {
  const set = Secrets.safeParse(secrets)
  if (set.success) return set.data
  if (databaseUrl !== null) throw new Error('secrets were not checked before the start')
  const kept = keptSecrets(dataFolder)
  return {
    intakeToken: secrets.intakeToken ?? kept.intakeToken,
    sessionKey: secrets.sessionKey ?? kept.sessionKey,
    identifierKey: secrets.identifierKey ?? kept.identifierKey,
  }
}

function keptSecrets(dataFolder: string): Secrets {
  const path = join(dataFolder, 'secrets.json')
  if (existsSync(path)) {
    return readSecrets(path)
  }
  const made = { intakeToken: made32(), sessionKey: made32(), identifierKey: made32() }
  mkdirSync(dataFolder, { recursive: true })
  writeFileSync(`${path}.new`, JSON.stringify(made), { mode: 0o600 })
  renameSync(`${path}.new`, path)
  return made
}

function readSecrets(path: string): Secrets {
  try {
    return Secrets.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    // The fault itself may quote a secret, so it is not passed on.
    throw new Error(
      `${path} is damaged: restore it from a backup; without it old patient hashes cannot be matched`,
    )
  }
}

function made32(): string {
  return randomBytes(32).toString('hex')
}
