import type { FileIntake } from '../adapters/inlet/screen-file.ts'
import { decodeMapped } from '../attendance/mapping/decode-mapped.ts'
import type { Mapping } from '../attendance/mapping/mapping.ts'
import { makeScreen } from '../services/screen-attendances.ts'
import { countScreening } from './count-screening.ts'
import { storeOf, type World } from './world.ts'

/** What screens the files of a mapping into the store, and counts them. */
export function makeFileIntake(world: World, mapping: Mapping): FileIntake {
  const { settings, scanner, secrets, clock } = world
  return {
    screen: makeScreen({
      scanner,
      identifierKey: secrets.identifierKey,
      decode: (bytes, { receivedAt }) =>
        decodeMapped(bytes, { mapping, receivedAt, defaultTrust: settings.trust }),
    }),
    mapping,
    store: storeOf(world).screening,
    clock,
    rulesetVersion: scanner.rulesetVersion,
    onSaved: saved => countScreening(world, saved),
  }
}
