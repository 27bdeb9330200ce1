import { rememberRules } from '../services/remember-rules.ts'
import type { ProcessRole } from './config.ts'
import { startDiscarding } from './discarding.ts'
import { startFolderPart } from './parts/folder-part.ts'
import { startForwarderPart } from './parts/forwarder-part.ts'
import { startIntakePart } from './parts/intake-part.ts'
import { startMllpPart } from './parts/mllp-part.ts'
import { startOperationsPart } from './parts/operations-part.ts'
import type { Part } from './parts/part.ts'
import { startStreamParts } from './parts/stream-parts.ts'
import { startWebPart, type WebExtras } from './parts/web-part.ts'
import type { World } from './world.ts'

type PartName = ProcessRole | 'operations' | 'mllp'

export interface RunningWren extends AsyncDisposable {
  readonly urls: Readonly<Partial<Record<PartName, string>>>
  readonly failed: Promise<never>
}

/**
 * Starts the parts that the roles name, and the operations port last, so that "ready" is true. Stopping takes them
 * down in reverse: what lets work in closes before what finishes it.
 */
export async function startWren(
  world: World,
  { roles, web }: { roles: ReadonlySet<ProcessRole>; web: WebExtras },
): Promise<RunningWren> {
  await using opened = new AsyncDisposableStack()
  const { store, clock, ruleset } = world
  if (store !== null) await rememberRules({ replays: store.replays, clock }, ruleset)
  const urls: Partial<Record<PartName, string>> = {}
  const failures: Promise<never>[] = []
  const keep = (name: PartName, part: Part | null): void => {
    if (part === null) return
    opened.use(part)
    failures.push(part.failed)
    if (part.url !== null) urls[name] = part.url
  }
  if (roles.has('forwarder')) keep('forwarder', await startForwarderPart(world))
  for (const { role, part } of await startStreamParts(world, roles)) keep(role, part)
  if (roles.has('web')) opened.use(startDiscarding(world))
  if (roles.has('web')) keep('web', await startWebPart(world, web))
  if (roles.has('intake')) keep('intake', await startIntakePart(world))
  if (roles.has('intake')) keep('intake', await startFolderPart(world))
  if (roles.has('intake')) keep('mllp', await startMllpPart(world))
  keep('operations', await startOperationsPart(world))
  const kept = opened.move()
  return { urls, failed: Promise.race(failures), [Symbol.asyncDispose]: () => kept.disposeAsync() }
}
