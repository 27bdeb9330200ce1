import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'

/** Twenty thousand lines of a list, with room. Whoever sends more is told that it is too much. */
const fileBytesMax = 2_000_000

/**
 * Forms with a file, for the routes of this scope alone. A file comes as text under its field's name, like anything
 * else that was typed; nothing is written to disk.
 */
export async function takeFiles(scope: FastifyInstance): Promise<void> {
  await scope.register(multipart, {
    attachFieldsToBody: 'keyValues',
    limits: { files: 1, fileSize: fileBytesMax, fields: 10, fieldSize: 1_000_000 },
    onFile: async part => {
      Object.assign(part, { value: textOf(await part.toBuffer()) })
    },
  })
}

/** UTF-8, or as Excel saves it: UTF-16 with its mark, or the character set of Windows. */
function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
