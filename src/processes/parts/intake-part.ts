import { startHttpInlet } from '../../adapters/inlet/http-inlet.ts'
import { messageBytesMax } from '../../attendance/decode-json.ts'
import { countScreening } from '../count-screening.ts'
import { makeMappedScreen } from '../file-intake.ts'
import { storeOf, type World } from '../world.ts'
import { neverFails, type Part } from './part.ts'

/** Takes attendances over HTTP and screens them at once. */
export async function startIntakePart(world: World): Promise<Part> {
  const { settings, secrets, screen, mappings, clock, log } = world
  const inlet = await startHttpInlet({
    host: settings.host,
    port: settings.ports.intake,
    token: secrets.intakeToken,
    screen,
    mapped: [...mappings.values()].map(mapping => ({ mapping, screen: makeMappedScreen(world, mapping) })),
    store: storeOf(world).screening,
    clock,
    hooks: {
      onSaved: saved => countScreening(world, saved),
      onStoreFailure: error =>
        log.error({ err: error }, 'the store did not answer: the sender was asked to send again'),
      onFailure: error => log.error({ err: error }, 'a request failed: nothing was acknowledged'),
    },
    bodyLimitBytes: messageBytesMax,
  })
  return { url: inlet.url, failed: neverFails, [Symbol.asyncDispose]: () => inlet.stop() }
}
