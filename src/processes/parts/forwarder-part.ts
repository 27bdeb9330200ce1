import { type Destination, destinations } from '../../referral/routing.ts'
import { byHand } from '../../services/by-hand.ts'
import type { Connector } from '../../services/connector-port.ts'
import { startAsking } from '../asking.ts'
import { startForwarder } from '../forwarder.ts'
import { openCallBacks } from '../open-call-backs.ts'
import { openMesh, openPortal } from '../open-portal.ts'
import { storeOf, type World } from '../world.ts'
import type { Part } from './part.ts'

/**
 * Sends referrals to the portal, asks what became of them, and lets the portal call back. Where no connection is set
 * up, a nurse enters them by hand.
 */
export async function startForwarderPart(world: World): Promise<Part> {
  const { settings, log, metrics } = world
  if (settings.portal === null && settings.mesh === null)
    log.warn('PORTAL_URL is not set: nurses enter referrals by hand')
  await using opened = new AsyncDisposableStack()
  const callBacks = opened.use(await openCallBacks(world))
  const portal = await connectorOf(world, opened)
  const connectorFor = (destination: Destination): Connector =>
    destination === 'get-safe' ? portal : byHand(destinations[destination])
  const onStoreFailure = (error: unknown): void => log.error({ err: error }, 'the outbox did not answer')
  const forwarder = startForwarder({
    outbox: storeOf(world).outbox,
    connectorFor,
    random: Math.random,
    onAttempt: attempt => {
      log.info(attempt, 'referral attempted')
      metrics.referralAttempted(attempt.kind)
    },
    onStoreFailure,
    onLaneStopped: problem => log.error({ problem }, 'nothing is sent: credentials or settings are wrong'),
  })
  opened.defer(() => forwarder.stop())
  const asking = startAsking({
    ...storeOf(world),
    connectorFor,
    days: settings.askDays,
    onAsked: ({ id, told, taken, problem }) => {
      metrics.receiverAsked(told)
      for (const outcome of taken) metrics.receiverReported('asked', outcome)
      if (told === 'absent') log.warn({ id }, 'the receiver says that it has no such referral')
      if (problem !== null)
        log.warn({ id, told, problem }, 'the receiver did not tell what became of a referral')
    },
    onStoreFailure,
  })
  opened.defer(() => asking.stop())
  const kept = opened.move()
  return {
    url: callBacks.url,
    failed: Promise.all([forwarder.finished, asking.finished]).then(() => new Promise<never>(() => {})),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

/** To GET SAFE, by the way that is set up. */
async function connectorOf({ settings }: World, opened: AsyncDisposableStack): Promise<Connector> {
  if (settings.mesh !== null) return openMesh(settings.mesh)
  if (settings.portal === null) return byHand(destinations['get-safe'])
  const { connector, close } = await openPortal(settings.portal)
  opened.defer(close)
  return connector
}
