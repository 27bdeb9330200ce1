import { destinations } from '../../referral/routing.ts'
import { byHand } from '../../services/by-hand.ts'
import { startForwarder } from '../forwarder.ts'
import { openMesh, openPortal } from '../open-portal.ts'
import { storeOf, type World } from '../world.ts'
import type { Part } from './part.ts'

/** Sends referrals to the portal. Where no connection is set up, a nurse enters them by hand. */
export async function startForwarderPart(world: World): Promise<Part> {
  const { settings, log, metrics } = world
  if (settings.portal === null && settings.mesh === null)
    log.warn('PORTAL_URL is not set: nurses enter referrals by hand')
  const opened = settings.portal === null ? null : await openPortal(settings.portal)
  const mesh = settings.mesh === null ? null : openMesh(settings.mesh)
  const portal = opened?.connector ?? mesh ?? byHand(destinations['get-safe'])
  const forwarder = startForwarder({
    outbox: storeOf(world).outbox,
    connectorFor: destination => (destination === 'get-safe' ? portal : byHand(destinations[destination])),
    random: Math.random,
    onAttempt: attempt => {
      log.info(attempt, 'referral attempted')
      metrics.referralAttempted(attempt.kind)
    },
    onStoreFailure: error => log.error({ err: error }, 'the outbox did not answer'),
    onLaneStopped: problem => log.error({ problem }, 'nothing is sent: credentials or settings are wrong'),
  })
  return {
    url: null,
    failed: forwarder.finished.then(() => new Promise<never>(() => {})),
    [Symbol.asyncDispose]: async () => {
      await forwarder.stop()
      await opened?.close()
    },
  }
}
