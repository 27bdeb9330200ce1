import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openFileDrop } from '../../../src/adapters/portal/file-drop.ts'
import { deliverOnce } from '../../../src/services/deliver-once.ts'

const key = '8427da5a-537a-5f2f-b104-6d7e2d2f037e'
const body = new TextEncoder().encode('{"concerns":"Wears a £400 coat"}')
let root = ''
const at = (...names: string[]) => join(root, ...names)

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wren-mesh-'))
  await mkdir(at('out'))
  await mkdir(at('sent'))
})
afterEach(() => rm(root, { recursive: true }))

function send(attempts = 1) {
  const drop = openFileDrop({
    outFolder: at('out'),
    sentFolder: at('sent'),
    markFolder: at('marks'),
    fromMailbox: 'RWPOT001',
    toMailbox: 'COUNCIL01',
    workflowId: 'SAFEGUARDING',
  })
  return deliverOnce(drop, { key, body, bodySha256: '', attempts, wasInterrupted: attempts > 1 })
}

/** As the client does: both files move, and the control file tells what came of it. */
async function clientSends(status: string) {
  await rename(at('out', `${key}.dat`), at('sent', `${key}.dat`))
  const control = await readFile(at('out', `${key}.ctl`), 'utf8')
  const record = `<DTSId>20261121-1</DTSId><StatusRecord><Event>TRANSFER</Event>${status}</StatusRecord></DTSControl>`
  await writeFile(at('sent', `${key}.ctl`), control.replace('</DTSControl>', record))
  await rm(at('out', `${key}.ctl`))
}

test('a referral is dropped with its exact bytes, and a control file that names nobody', async () => {
  expect(await send()).toMatchObject({ kind: 'later', problem: expect.stringContaining('MESH client') })
  expect((await readdir(at('out'))).toSorted()).toEqual([`${key}.ctl`, `${key}.dat`])
  expect(new Uint8Array(await readFile(at('out', `${key}.dat`)))).toEqual(body)
  const control = await readFile(at('out', `${key}.ctl`), 'utf8')
  for (const part of [
    '<From_DTS>RWPOT001<',
    '<To_DTS>COUNCIL01<',
    '<WorkflowId>SAFEGUARDING<',
    `<LocalId>${key}<`,
  ]) {
    expect(control).toContain(part)
  }
})

test.each<[reason: string, status: string, expected: object]>([
  [
    'sent is delivered, not yet read',
    '<Status>SUCCESS</Status>',
    { kind: 'delivered', receipt: '20261121-1' },
  ],
  [
    'not sent waits for a person',
    '<Status>ERROR</Status><StatusCode>12</StatusCode>',
    { kind: 'parked', problem: 'The MESH client could not send it (12).' },
  ],
  ['without a status waits', '', { kind: 'later' }],
])('what the client has %s', async (_reason, status, expected) => {
  await send()
  await clientSends(status)
  expect(await send(2)).toMatchObject(expected)
  expect(await send(1)).toMatchObject(expected)
  expect(await readdir(at('out'))).toEqual([])
})

test('what the client took and tidied away is never dropped again', async () => {
  await send()
  await rm(at('out', `${key}.dat`))
  await rm(at('out', `${key}.ctl`))
  for (const attempts of [1, 2]) expect(await send(attempts)).toMatchObject({ kind: 'later' })
  expect(await readdir(at('out'))).toEqual([])
})

test.each([
  ['before the mark', []],
  ['before the control file', ['marks']],
])('a drop that was cut off %s is completed', async (_when, marks) => {
  await writeFile(at('out', `${key}.dat`), 'half')
  for (const folder of marks) {
    await mkdir(at(folder))
    await writeFile(at(folder, key), '')
  }
  await send(2)
  expect((await readdir(at('out'))).toSorted()).toEqual([`${key}.ctl`, `${key}.dat`])
  expect(new Uint8Array(await readFile(at('out', `${key}.dat`)))).toEqual(body)
})

test('a folder that is gone stops the lane, and the referral goes once it is back', async () => {
  await rm(at('out'), { recursive: true })
  expect(await send()).toEqual({
    kind: 'configuration',
    problem: 'The folders of the MESH client cannot be used (ENOENT).',
  })
  await mkdir(at('out'))
  await send(2)
  expect(await readdir(at('out'))).toContain(`${key}.ctl`)
})
