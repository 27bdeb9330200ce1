import { openRestPortal } from '../../adapters/portal/rest-portal.ts'
import { destinations } from '../../referral/routing.ts'
import { byHand } from '../../services/by-hand.ts'
import { startForwarder } from '../forwarder.ts'
import { storeOf, type World } from '../world.ts'
import type { Part } from './part.ts'

/** Sends referrals to the portal. Where no connection is set up, a nurse enters them by hand. */
export function startForwarderPart(world: World): Part {
  const { settings, log } = world
  if (settings.portal === null) log.warn('PORTAL_URL is not set: nurses enter referrals by hand')
  const portal = settings.portal === null ? byHand(destinations['get-safe']) : openRestPortal(settings.portal)
  const forwarder = startForwarder({
    outbox: storeOf(world).outbox,
    connectorFor: destination => (destination === 'get-safe' ? portal : byHand(destinations[destination])),
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
