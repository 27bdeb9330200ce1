import { appendFile, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bytesInMemory, openFile } from '../../../src/adapters/inlet/file-bytes.ts'
import { lookThrough } from '../../../src/adapters/inlet/read-file.ts'
import { splitFile } from '../../../src/attendance/mapping/decode-mapped.ts'
import { readMappingText } from '../../attendance/mapping/read-mapping-text.ts'
import { isThorough } from '../../world/thorough.ts'

const folder = await mkdtemp(join(tmpdir(), 'wren-read-file-'))
afterAll(() => rm(folder, { recursive: true }))

const mappingOf = (rows: 'attendance' | 'note') =>
  readMappingText(
    `{ wren: 1, format: csv, rows: ${rows}, source: ed, fields: { attendanceId: Id }, notes: [{ section: triage, text: Note }] }`,
  )

/** Three million bytes: three pieces, and rows of one attendance far apart. */
const extract = `Id,Note\n${Array.from({ length: 30_000 }, (_, row) => `E${row % 20_000},"${'x'.repeat(90)}\n${row}"\n`).join('')}`

test.each(['attendance', 'note'] as const)(
  'a file on disk, one row %s, is cut as one in memory',
  async rows => {
    const path = join(folder, `${rows}.csv`)
    await writeFile(path, extract)
    const split = splitFile(Buffer.from(extract), mappingOf(rows))
    if ('problem' in split) throw new Error(split.problem)
    await using file = await openFile(path)
    if ('problem' in file) throw new Error(file.problem)
    const looked = await lookThrough(file, mappingOf(rows))
    const messages = (await Array.fromAsync(looked.messages())).map(
      ({ line, bytes }) => `${line} ${Buffer.from(bytes)}`,
    )
    expect(messages).toEqual(split.messages.map(({ line, bytes }) => `${line} ${Buffer.from(bytes)}`))
    expect(messages).toHaveLength(rows === 'note' ? 20_000 : 30_000)
  },
)

test('a file that changes between its two readings is not taken for the first', async () => {
  const path = join(folder, 'changing.csv')
  await writeFile(path, extract)
  await using file = await openFile(path)
  if ('problem' in file) throw new Error(file.problem)
  const looked = await lookThrough(file, mappingOf('attendance'))
  await using handle = await open(path, 'r+')
  await handle.write('X', 100)
  await expect(Array.fromAsync(looked.messages())).rejects.toThrow('the file changed while it was read')
})

test('a file that grows is read to where it ended', async () => {
  const path = join(folder, 'growing.csv')
  await writeFile(path, 'Id,Note\nE1,a\n')
  await using file = await openFile(path)
  if ('problem' in file) throw new Error(file.problem)
  await appendFile(path, 'E2,b\n')
  const { messages } = await lookThrough(file, mappingOf('attendance'))
  expect(await Array.fromAsync(messages())).toHaveLength(1)
})

test.each([
  ['nothing', '', 'the file is empty'],
  [
    'no header that fits',
    'A,B\n1,2\n',
    'the header has no column "Id": correct the mapping, or say there that it is optional',
  ],
])('of a file with %s the reason is told', async (_what, text, problem) => {
  expect((await lookThrough(bytesInMemory(Buffer.from(text)), mappingOf('note'))).problem).toBe(problem)
})

/** Nothing but its places may be kept of a file: what a run holds must not follow its size. */
test.skipIf(!isThorough)(
  'a file of 100 MB is read in the memory of one of 10 MB',
  async () => {
    const grown: number[] = []
    for (const megabytes of [10, 100]) {
      const path = join(folder, `${megabytes}.csv`)
      const rows = Array.from({ length: 10_000 }, (_, row) => `E${row},"${'x'.repeat(90)}"\n`).join('')
      await writeFile(path, `Id,Note\n${rows.repeat(megabytes)}`)
      await using file = await openFile(path)
      if ('problem' in file) throw new Error(file.problem)
      const looked = await lookThrough(file, mappingOf('attendance'))
      const before = process.memoryUsage().rss
      let most = before
      let count = 0
      for await (const _message of looked.messages()) {
        if (++count % 10_000 === 0) most = Math.max(most, process.memoryUsage().rss)
      }
      expect(count).toBe(10_000 * megabytes)
      grown.push(most - before)
    }
    expect(grown[1]).toBeLessThan(100_000_000)
  },
  120_000,
)
