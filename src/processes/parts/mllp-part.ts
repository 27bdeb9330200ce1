import { readFile } from 'node:fs/promises'
import { startMllpInlet } from '../../adapters/inlet/mllp-inlet.ts'
import { messageBytesMax } from '../../attendance/decode-json.ts'
import { countScreening } from '../count-screening.ts'
import { storeOf, type World } from '../world.ts'
import { neverFails, type Part } from './part.ts'

const frameTimeoutMs = 60_000

/** Takes HL7 v2 over MLLP and screens it at once; null where no port is set. */
export async function startMllpPart(world: World): Promise<Part | null> {
  const { settings, screen, clock, log } = world
  if (settings.mllp === null) return null
  const inlet = await startMllpInlet({
    host: settings.host,
    port: settings.mllp.port,
    tls: await readTlsFiles(settings.mllp.tls),
    processing: settings.mllp.processing,
    frameBytesMax: messageBytesMax,
    frameTimeoutMs,
    screen,
    store: storeOf(world).screening,
    clock,
    onReusedId: source =>
      log.warn({ source }, 'a control id (MSH-10) came again with another message: both were read'),
    hooks: {
      onSaved: saved => countScreening(world, saved),
      onStoreFailure: error =>
        log.error({ err: error }, 'the store did not answer: the MLLP sender must send again'),
      onFailure: error => log.error({ err: error }, 'an MLLP connection failed: nothing was acknowledged'),
    },
  })
  log.info({ url: inlet.url }, 'taking HL7 v2 over MLLP')
  return { url: inlet.url, failed: neverFails, [Symbol.asyncDispose]: () => inlet.stop() }
}

type TlsFiles = NonNullable<World['settings']['mllp']>['tls']

async function readTlsFiles(files: TlsFiles) {
  if (files === null) return null
  const [cert, key, ca] = await Promise.all([
    readPem(files.cert, 'WREN_MLLP_TLS_CERT'),
    readPem(files.key, 'WREN_MLLP_TLS_KEY'),
    files.ca === null ? null : readPem(files.ca, 'WREN_MLLP_TLS_CA'),
  ])
  return { cert, key, ca }
}

async function readPem(path: string, setting: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new Error(`${setting} names a file that cannot be read: expected a PEM file`, { cause })
  }
}
