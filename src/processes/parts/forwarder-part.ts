import { openRestPortal } from '../../adapters/portal/rest-portal.ts'
import { startForwarder } from '../forwarder.ts'
import { storeOf, type World } from '../world.ts'
import type { Part } from './part.ts'

/** Sends referrals to the portal. Without a portal in the settings they wait in the outbox, and nurses see them wait. */
export function startForwarderPart(world: World): Part | null {
  const { settings, log } = world
  if (settings.portal === null) {
    log.warn('PORTAL_URL is not set: referrals are kept and wait until it is')
    return null
  }
  const forwarder = startForwarder({
    outbox: storeOf(world).outbox,
    connector: openRestPortal(settings.portal),
    random: Math.random,
    onAttempt: attempt => log.info(attempt, 'referral attempted'),
    onStoreFailure: error => log.error({ err: error }, 'the outbox did not answer'),
    onLaneStopped: problem => log.error({ problem }, 'nothing is sent: credentials or settings are wrong'),
  })
  return {
    url: null,
    failed: forwarder.finished.then(() => new Promise<never>(() => {})),
    [Symbol.asyncDispose]: () => forwarder.stop(),
  }
}
