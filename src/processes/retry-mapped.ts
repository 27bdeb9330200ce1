import { bytesInMemory } from '../adapters/inlet/file-bytes.ts'
import { screenFile } from '../adapters/inlet/screen-file.ts'
import type { Store } from '../adapters/store/store.ts'
import { messageBytesMax } from '../attendance/decode-json.ts'
import { splitFile } from '../attendance/mapping/decode-mapped.ts'
import type { Mapping } from '../attendance/mapping/mapping.ts'
import type { Actor } from '../services/actor.ts'
import type { KeptDeadLetter } from '../services/ledger-port.ts'
import { type Retried, retryDeadLetter } from '../services/retry-dead-letter.ts'
import type { Screen } from '../services/screen-attendances.ts'
import { makeMappedScreen } from './file-intake.ts'
import type { World } from './world.ts'

interface Retry {
  readonly store: Store
  readonly actor: Actor
  readonly letter: KeptDeadLetter
}

/**
 * Reads an unreadable message again: one that came by a mapping by the mapping of today with the same name. A file
 * that could not be cut into rows stands in the dead letters as one; it is imported, each row under its own name, and
 * the file itself then counts as a duplicate of its first row.
 */
export async function retryLetter(world: World, { store, actor, letter }: Retry): Promise<Retried> {
  const retry = (screen: Screen): Promise<Retried> =>
    retryDeadLetter({ ledger: store.ledger, screen, clock: world.clock }, { actor, eventId: letter.eventId })
  if (letter.format !== 'csv' && letter.format !== 'json-mapped') return retry(world.screen)
  const mapping = world.mappings.get(letter.source)
  if (mapping === undefined) {
    const problem = `it is read by the mapping "${letter.source}": name its file with --mapping, or in WREN_MAPPINGS`
    return { kind: 'still-unreadable', problem }
  }
  const screen = makeMappedScreen(world, mapping)
  return isWholeFile(letter) ? retryFile({ world, store, letter, mapping, screen }, retry) : retry(screen)
}

async function retryFile(
  file: { world: World; store: Store; letter: KeptDeadLetter; mapping: Mapping; screen: Screen },
  retry: (screen: Screen) => Promise<Retried>,
): Promise<Retried> {
  const { world, store, letter, mapping, screen } = file
  if (letter.bytes.length >= messageBytesMax) {
    return {
      kind: 'still-unreadable',
      problem: 'only the beginning of the file is kept: import the file itself',
    }
  }
  const split = splitFile(letter.bytes, mapping)
  if ('problem' in split) return { kind: 'still-unreadable', problem: split.problem }
  const [first] = split.messages
  if (first === undefined) return { kind: 'still-unreadable', problem: 'the file has a header and no row' }
  await screenFile(bytesInMemory(letter.bytes), {
    ...{ screen, mapping, store: store.screening, clock: world.clock, onSaved: () => {} },
    rulesetVersion: world.scanner.rulesetVersion,
  })
  return retry((_bytes, delivery) => screen(first.bytes, delivery))
}

/** Rows are named by the file's hash and their line; the file itself by line 0. */
function isWholeFile({ delivery }: KeptDeadLetter): boolean {
  return delivery.channel === 'file' && delivery.offset.endsWith(':0')
}
