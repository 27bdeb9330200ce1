import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { takeFolderLock } from '../../../../src/adapters/store/embedded/folder-lock.ts'

async function makeFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'wren-lock-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

test.each([
  ['a process that is gone', { pid: 4_194_305, start: '1', token: 'old' }],
  ['a number that another process has now', { pid: process.pid, start: 'long ago', token: 'old' }],
  ['a write cut short', null],
])('a lock left by %s does not block', async (_reason, holder) => {
  await using folder = await makeFolder()
  await writeFile(join(folder.path, 'wren.lock'), holder === null ? '{"pid":' : JSON.stringify(holder))
  const lock = await takeFolderLock(folder.path)
  await lock.release()
  expect(await readdir(folder.path)).toEqual([])
})

test('of ten that want the folder at once, one gets it and nine are told who has it', async () => {
  await using folder = await makeFolder()
  await writeFile(
    join(folder.path, 'wren.lock'),
    JSON.stringify({ pid: 4_194_305, start: '1', token: 'old' }),
  )
  const taken = await Promise.allSettled(Array.from({ length: 10 }, () => takeFolderLock(folder.path)))
  const refused = taken.filter(each => each.status === 'rejected').map(each => String(each.reason))
  expect(refused).toHaveLength(9)
  expect(new Set(refused)).toEqual(
    new Set([
      `Error: Another Wren (process ${process.pid}) is using the data folder ${folder.path}. ` +
        'Stop it first, or name another folder with --data.',
    ]),
  )
})

test('a folder whose lock was released can be taken again', async () => {
  await using folder = await makeFolder()
  await (await takeFolderLock(folder.path)).release()
  await (await takeFolderLock(folder.path)).release()
  expect(await readdir(folder.path)).toEqual([])
})
