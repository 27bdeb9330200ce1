import type { FileIntake } from '../adapters/inlet/screen-file.ts'
import { decodeMapped } from '../attendance/mapping/decode-mapped.ts'
import type { Mapping } from '../attendance/mapping/mapping.ts'
import { makeScreen, type Screen } from '../services/screen-attendances.ts'
import { countScreening } from './count-screening.ts'
import { storeOf, type World } from './world.ts'

/** Reads messages by a mapping. */
export function makeMappedScreen(
  { settings, scanner, secrets }: Pick<World, 'settings' | 'scanner' | 'secrets'>,
  mapping: Mapping,
): Screen {
  return makeScreen({
    scanner,
    identifierKey: secrets.identifierKey,
    decode: (bytes, { receivedAt }) =>
      decodeMapped(bytes, { mapping, receivedAt, defaultTrust: settings.trust }),
  })
}

/** What screens the files of a mapping into the store, and counts them. */
export function makeFileIntake(world: World, mapping: Mapping): FileIntake {
  return {
    screen: makeMappedScreen(world, mapping),
    mapping,
    store: storeOf(world).screening,
    clock: world.clock,
    rulesetVersion: world.scanner.rulesetVersion,
    onSaved: saved => countScreening(world, saved),
  }
}
