import { readFile } from 'node:fs/promises'
import { openCallBackDoor } from '../adapters/portal/call-back-door.ts'
import { readWebhookSecrets } from '../adapters/portal/webhook-signature.ts'
import { destinations } from '../referral/routing.ts'
import { takeReport } from '../services/take-report.ts'
import { storeOf, type World } from './world.ts'

export interface CallBacks extends AsyncDisposable {
  /** Where the portal calls; null where none may. */
  readonly url: string | null
}

/** Lets the portal call back where that is set up. Throws, naming the setting, where the secret cannot be used. */
export async function openCallBacks(
  world: Pick<World, 'settings' | 'clock' | 'log' | 'metrics' | 'store'>,
): Promise<CallBacks> {
  const { settings, clock, log, metrics } = world
  if (settings.callBacks === null) return { url: null, [Symbol.asyncDispose]: async () => undefined }
  const { port, secretFile } = settings.callBacks
  const { referrals } = storeOf(world)
  const door = await openCallBackDoor({
    ...{ host: settings.host, port, clock, secrets: await secretsIn(secretFile) },
    take: report => takeReport(referrals, { report, who: destinations['get-safe'] }),
    hooks: {
      onTaken: taken => {
        metrics.receiverReported('call-back', taken)
        if (taken === 'not-found') log.warn('a call-back names a referral that Wren never sent')
      },
      onRefused: reason => {
        metrics.callBackRefused(reason)
        log.warn({ reason }, 'a call-back was turned away')
      },
      onFailure: error =>
        log.error({ err: error }, 'a call-back was not saved: the portal is asked to call again'),
    },
  })
  return { url: door.url, [Symbol.asyncDispose]: () => door.stop() }
}

async function secretsIn(path: string): Promise<readonly Uint8Array[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error('PORTAL_CALLBACK_SECRET_FILE names a file that cannot be read', { cause })
  })
  const secrets = readWebhookSecrets(text)
  if (secrets !== null) return secrets
  throw new Error(
    'PORTAL_CALLBACK_SECRET_FILE holds no secret: expected one line, or two while it is changed, each whsec_ and 24 to 64 bytes in base64, such as the output of "openssl rand -base64 32"',
  )
}
