import { createReadStream, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { runWren } from '../../world/run-wren.ts'

const folder = mkdtempSync(join(tmpdir(), 'wren-scan-'))
afterAll(() => rmSync(folder, { recursive: true }))

const Result = z.strictObject({
  id: z.string().nullable(),
  outcome: z.enum(['flagged', 'clear', 'out-of-scope', 'unreadable']),
  priority: z.enum(['high', 'medium', 'low']).nullable(),
  mentions: z.array(
    z.strictObject({
      rule: z.string(),
      theme: z.string(),
      term: z.string(),
      section: z.number().nullable(),
      start: z.number(),
      end: z.number(),
      text: z.string(),
      edits: z.number(),
      assertion: z.enum(['affirmed', 'negated', 'historical', 'hypothetical', 'other-person']),
      standing: z.enum(['counted', 'lowered', 'set-aside']),
      because: z.string(),
    }),
  ),
  problem: z.string().optional(),
})

function resultsOf(stdout: string): z.infer<typeof Result>[] {
  return stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => Result.parse(JSON.parse(line)))
}

function simpleLine(id: string, text: string, ageYears?: number): string {
  return JSON.stringify({ id, ageYears, sections: [{ section: 'triage', text }] })
}

describe('wren scan', () => {
  test('simple lines are answered one line each, in the order of input', async () => {
    const input = [
      simpleLine('a', 'Lac to forearm from knlfe, will not say whose', 15),
      simpleLine('b', 'Twisted ankle at netball', 12),
      simpleLine('c', 'Stabbed in thigh outside pub', 41),
      '{"id":"d"',
      simpleLine('e', 'Any weapons? N. Fell off trampoline'),
    ].join('\n')
    const { stdout, stderr, exitCode } = await runWren(['scan', '--notes', '-', '--json'], input)
    const results = resultsOf(stdout)
    expect(results.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['a', 'flagged'],
      ['b', 'clear'],
      ['c', 'out-of-scope'],
      [null, 'unreadable'],
      ['e', 'clear'],
    ])
    expect(results[0]?.mentions[0]).toMatchObject({
      rule: 'weapon-blade',
      term: 'knife',
      text: 'knlfe',
      edits: 1,
    })
    expect(results[3]?.problem).toContain('line 4')
    expect(results[4]?.mentions.map(({ standing }) => standing)).toEqual(['set-aside'])
    expect(stderr).toContain('mentions by rule')
    expect(exitCode).toBe(1)
  })

  test('attendances as Wren JSON are scanned under their attendance ids', async () => {
    const attendance = {
      wren: 1,
      source: 'ed-worcester',
      attendanceId: 'W77',
      arrivedAt: '2026-11-20T10:00:00Z',
      patient: { birthDate: '2012-05-05' },
      notes: [{ section: 'triage', text: 'OD 20 x paracetamol 500mg at 02:00' }],
    }
    const { stdout, exitCode } = await runWren(['scan', '-', '--json'], JSON.stringify(attendance))
    expect(resultsOf(stdout)).toMatchObject([{ id: 'W77', outcome: 'flagged', priority: 'high' }])
    expect(exitCode).toBe(0)
  })

  test.each([
    ['a finding at the named priority', 'high', 'Stabbed in thigh', 1],
    ['nothing at the named priority', 'high', 'Twisted ankle', 0],
  ])('--fail-on: %s', async (_what, priority, text, code) => {
    const { exitCode } = await runWren(['scan', '--notes', '-', '--fail-on', priority], simpleLine('a', text))
    expect(exitCode).toBe(code)
  })

  test.each([
    ['no file', ['scan'], 'name one file'],
    ['two inputs', ['scan', 'a.ndjson', '--notes', 'b.ndjson'], 'name one file'],
    ['an unknown option', ['scan', '-', '--jsn'], '--json'],
    ['an unknown command', ['scn'], 'scan'],
    ['a priority that does not exist', ['scan', '-', '--fail-on', 'urgent'], 'high, medium or low'],
  ])('%s is wrong usage, told in words', async (_what, args, words) => {
    const { stderr, stdout, exitCode } = await runWren(args)
    expect(exitCode).toBe(2)
    expect(stderr).toContain(words)
    expect(stdout).toBe('')
  })

  test.each([
    ['a file that is not there', ['scan', '/nowhere/notes.ndjson'], '/nowhere/notes.ndjson'],
    ['a rules folder that is not there', ['scan', '-', '--rules', '/nowhere/rules'], '/nowhere/rules'],
  ])('%s is a failure that names it', async (_what, args, words) => {
    const { stderr, exitCode } = await runWren(args)
    expect(exitCode).toBe(1)
    expect(stderr).toContain(words)
    expect(stderr).not.toContain('    at ')
  })

  test('a help text shows examples and every command', async () => {
    const { stdout, exitCode } = await runWren(['--help'])
    expect(exitCode).toBe(0)
    for (const word of ['Examples', 'demo', 'start', 'scan', 'rules', 'evaluate'])
      expect(stdout).toContain(word)
  })
})

const narratives = '../shared/data/neiss-dev.ndjson.gz'

describe.skipIf(!existsSync(narratives))(
  'on real narratives (skipped where the folder shared/ is absent)',
  () => {
    test('every line of 15,000 and more is answered, and every span indexes the text as typed', async () => {
      const texts = await readNarratives()
      const path = join(folder, 'narratives.ndjson')
      writeFileSync(path, [...texts].map(([id, text]) => simpleLine(id, text)).join('\n'))
      const { stdout, stderr, exitCode } = await runWren(['scan', '--notes', path, '--json'])
      const results = resultsOf(stdout)
      expect(texts.size).toBeGreaterThan(15_000)
      expect(results.map(({ id }) => id)).toEqual([...texts.keys()])
      const wrong = results.flatMap(({ id, mentions }) =>
        mentions
          .filter(({ start, end, text }) => texts.get(id ?? '')?.slice(start, end) !== text)
          .map(() => id),
      )
      expect(wrong).toEqual([])
      expect(exitCode).toBe(0)
      process.stdout.write(`${texts.size} narratives\n${stderr}`)
    })
  },
)

async function readNarratives(): Promise<Map<string, string>> {
  const Row = z.object({ id: z.string(), narrative: z.string() })
  const lines = createInterface({ input: createReadStream(narratives).pipe(createGunzip()) })
  const texts = new Map<string, string>()
  for await (const line of lines) {
    const { id, narrative } = Row.parse(JSON.parse(line))
    texts.set(id, narrative)
  }
  return texts
}
