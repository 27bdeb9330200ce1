import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFileDrop } from '../../src/adapters/portal/file-drop.ts'
import { byHand } from '../../src/services/by-hand.ts'
import { type ConnectedPortal, describePortal } from './portal-contract.ts'

describePortal('MESH', connectMesh, { answers: 'delivered', troubles: ['down', 'lose-answer'] })
describePortal('a nurse’s own hands', connectByHand, { answers: 'by-hand', troubles: [] })

/**
 * The drop with folders of a MESH client behind it, which works when it is asked to. A client that loses its answer
 * has taken the files, and says only later what came of it.
 */
async function connectMesh(): Promise<ConnectedPortal> {
  const root = await mkdtemp(join(tmpdir(), 'wren-mesh-'))
  const [out, sent, taken, marks] = ['out', 'sent', 'taken', 'marks'].map(name => join(root, name))
  if (!out || !sent || !taken || !marks) throw new Error('no folders')
  for (const folder of [out, sent, taken]) await mkdir(folder)
  let trouble = 'none'
  const connector = openFileDrop({
    ...{ outFolder: out, sentFolder: sent, markFolder: marks },
    ...{ fromMailbox: 'RWPOT001', toMailbox: 'COUNCIL01', workflowId: 'SAFEGUARDING' },
  })
  /** Each file that the client took is one message at the receiver, whatever it is called. */
  const messages: string[] = []
  const take = async (): Promise<void> => {
    for (const name of (await readdir(out)).filter(each => each.endsWith('.ctl'))) {
      const key = name.slice(0, -'.ctl'.length)
      messages.push(key)
      await rename(join(out, name), join(taken, name))
      await rename(join(out, `${key}.dat`), join(sent, `${key}.dat`))
    }
  }
  const report = async (): Promise<void> => {
    for (const name of await readdir(taken)) {
      const control = await readFile(join(taken, name), 'utf8')
      const record =
        '<DTSId>20261121-1</DTSId><StatusRecord><Status>SUCCESS</Status></StatusRecord></DTSControl>'
      await writeFile(join(sent, name), control.replace('</DTSControl>', record))
      await rm(join(taken, name))
    }
  }
  return {
    portal: connector,
    stranger: connector,
    trouble: async told => {
      trouble = told
    },
    restart: () => access(out),
    work: async () => {
      if (trouble !== 'down') await take()
      if (trouble === 'none') await report()
    },
    referencesUnder: async key => messages.filter(each => each === key),
    references: async () => messages,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true }),
  }
}

/** Nothing is at the far end but a nurse, who has not entered anything yet. */
async function connectByHand(): Promise<ConnectedPortal> {
  const portal = byHand('GET SAFE')
  return {
    portal,
    stranger: portal,
    trouble: async () => undefined,
    restart: async () => undefined,
    referencesUnder: async () => [],
    references: async () => [],
    [Symbol.asyncDispose]: async () => undefined,
  }
}
