import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { LookUp } from '../../referral/delivery.ts'
import type { Connector } from '../../services/connector-port.ts'

export interface FileDropSettings {
  /** From here the MESH client sends. */
  readonly outFolder: string
  /** There it puts what it has sent, with what came of it. */
  readonly sentFolder: string
  /** Ours: what was ever dropped. Every forwarder must see the same one. */
  readonly markFolder: string
  readonly fromMailbox: string
  readonly toMailbox: string
  readonly workflowId: string
}

/**
 * Drops each referral for a MESH client: KEY.dat holds the bytes, KEY.ctl tells the client to send them. The client
 * moves both to its folder of what was sent and writes the result into the control file.
 *
 * The mark is written before the control file, so that a referral which the client took and tidied away is never
 * dropped a second time: it stays waiting until a nurse sees it as overdue.
 */
export function openFileDrop(settings: FileDropSettings): Connector {
  const { outFolder, markFolder } = settings
  const lookUp = async (key: string): Promise<LookUp> => {
    const sent = await textOf(join(settings.sentFolder, `${key}.ctl`))
    if (sent !== null) return readResult(sent)
    if ((await textOf(join(outFolder, `${key}.ctl`))) !== null) return waiting
    const isMarked = (await textOf(join(markFolder, key))) !== null
    const isTaken = isMarked && (await textOf(join(outFolder, `${key}.dat`))) === null
    return isTaken
      ? { ...waiting, problem: 'The MESH client took it and has not said what came of it.' }
      : { kind: 'absent' }
  }
  return {
    name: 'MESH',
    repeatsSafely: false,
    lookUp: ({ key }) => lookUp(key).catch(folderProblem),
    deliver: async ({ key, body }) => {
      try {
        const found = await lookUp(key)
        if (found.kind !== 'absent' && found.kind !== 'cannot-ask') return found
        await replace(join(outFolder, `${key}.dat`), body)
        await mkdir(markFolder, { recursive: true })
        await replace(join(markFolder, key), '')
        await replace(join(outFolder, `${key}.ctl`), controlFile(key, settings))
        return waiting
      } catch (error) {
        return folderProblem(error)
      }
    },
  }
}

const waiting = {
  kind: 'later',
  problem: 'It lies ready for the MESH client, which has not sent it yet.',
  retryAfterMs: null,
} as const

function folderProblem(error: unknown) {
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
  return { kind: 'configuration', problem: `The folders of the MESH client cannot be used${code}.` } as const
}

/** `StatusRecord` holds Status = SUCCESS / ERROR; `DTSId` is the client's number of the message. */
function readResult(control: string): LookUp {
  const status = /<Status>\s*([A-Z]+)\s*<\/Status>/.exec(control)?.[1]
  const receipt = /<DTSId>\s*([\w-]{1,100})\s*<\/DTSId>/.exec(control)?.[1]
  if (status === 'SUCCESS') return { kind: 'delivered', receipt: receipt ?? 'sent by the MESH client' }
  if (status === undefined) return waiting
  const code = /<StatusCode>\s*(\w{1,10})\s*<\/StatusCode>/.exec(control)?.[1] ?? 'no code'
  return { kind: 'parked', problem: `The MESH client could not send it (${code}).` }
}

/** No name and no identifier: subjects are read by people who need not know the child. */
function controlFile(key: string, { fromMailbox, toMailbox, workflowId }: FileDropSettings): string {
  return `<DTSControl>
  <Version>1.0</Version>
  <AddressType>DTS</AddressType>
  <MessageType>Data</MessageType>
  <From_DTS>${fromMailbox}</From_DTS>
  <To_DTS>${toMailbox}</To_DTS>
  <Subject>Safeguarding referral</Subject>
  <LocalId>${key}</LocalId>
  <WorkflowId>${workflowId}</WorkflowId>
  <Compress>Y</Compress>
  <Encrypted>N</Encrypted>
</DTSControl>
`
}

async function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  })
}

/** The file is there whole or not at all, whenever the machine stops. */
async function replace(path: string, content: string | Uint8Array): Promise<void> {
  const beside = `${path}.part`
  {
    await using handle = await open(beside, 'w', 0o600)
    await handle.writeFile(content)
    await handle.sync()
  }
  await rename(beside, path)
}
