import { startFolderInlet } from '../../adapters/inlet/folder-inlet.ts'
import { makeFileIntake } from '../file-intake.ts'
import { loadMapping } from '../load-mapping.ts'
import type { World } from '../world.ts'
import { neverFails, type Part } from './part.ts'

const pollMs = 5_000

/** Watches the folder of the settings for extracts; null where none is set. A broken mapping stops the start. */
export async function startFolderPart(world: World): Promise<Part | null> {
  const { folder } = world.settings
  if (folder === null) return null
  const log = world.log.child({ subject: 'folder' })
  const inlet = await startFolderInlet({
    ...makeFileIntake(world, await loadMapping(folder.mapping)),
    folder: folder.path,
    pollMs,
    hooks: {
      onFile: ({ moved, received }) => log.info({ moved, received }, 'a file was read'),
      onFailure: error => log.error({ err: error }, 'a file was not read: it is tried again'),
    },
  })
  return { url: null, failed: neverFails, [Symbol.asyncDispose]: () => inlet.stop() }
}
