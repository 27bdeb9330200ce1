import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleCues, sampleRule } from '../../rules/sample-rule.ts'
import { runRules } from './run-wren.ts'

let home: string
const at = (name: string) => join(home, name)

async function makeFolder(name: string, files: Record<string, string>): Promise<void> {
  await mkdir(at(name))
  for (const [file, text] of Object.entries({ 'cues.yaml': sampleCues.text, ...files })) {
    await writeFile(at(join(name, file)), text)
  }
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'wren-rules-commands-'))
  await makeFolder('good', { 'weapon-blade.yaml': sampleRule })
  await makeFolder('faulty', {
    'weapon-blade.yaml': sampleRule.replace('misspellings: 1', 'missspellings: 1'),
  })
  await makeFolder('failing', { 'weapon-blade.yaml': sampleRule.replace('Obs stable', 'Knife in bag') })
  await makeFolder('doubtful', {
    'weapon-blade.yaml': sampleRule.replace('  - before: [butter]', '  - near: [knife]\n    before: []'),
  })
  await makeFolder('narrower', {
    'weapon-blade.yaml': sampleRule.replace('before: [butter]', 'before: [butter, kitchen]'),
  })
  const line = (id: string, text: string, more: object = {}) =>
    JSON.stringify({ id, ageYears: 15, day: '2026-03-01', sections: [{ section: 'triage', text }], ...more })
  await writeFile(
    at('notes.ndjson'),
    [
      line('h1', 'Kitchen knife in his sock'),
      line('h2', 'Knife wound'),
      line('h3', 'Cough'),
      line('h4', 'Butter knife in school bag', { day: '2026-03-02' }),
      '{"id":"h5","sections":"secretword"}',
    ].join('\n'),
  )
  await writeFile(
    at('labelled.ndjson'),
    [
      line('l1', 'Knife wound', { expect: ['weapon-blade'] }),
      line('l2', 'Butter knife in bag', { expect: ['weapon-blade'] }),
      line('l3', 'Nkife', { expect: ['weapon-blade'] }),
      line('l4', 'Dropped knife on foot', { expect: [] }),
      line('l5', 'Cough', { expect: [] }),
    ].join('\n'),
  )
  const place = (start: number, standing: string[]) => ({
    standing,
    meant: [{ section: 0, start, end: start + 5, assertion: 'negated', standing }],
  })
  await writeFile(
    at('read.ndjson'),
    [
      line('r1', 'No knife in pocket', place(3, ['lowered'])),
      line('r2', 'Knife, says never', place(0, ['lowered'])),
      line('r3', 'Butter knife in jar', { standing: ['counted', 'lowered'] }),
      line('r4', 'Dropped knife on foot', { standing: ['none', 'set-aside'] }),
    ].join('\n'),
  )
})

afterAll(() => rm(home, { recursive: true }))

describe('rules check', () => {
  test('rules without a fault print nothing and exit 0', async () => {
    expect(await runRules(['rules', 'check', '--rules', at('good')])).toMatchObject({
      stdout: '',
      exitCode: 0,
    })
  })

  test('a fault is printed with its line and a caret, counted in words, and exits 1', async () => {
    const { stdout, stderr, exitCode } = await runRules(['rules', 'check', '--rules', at('faulty')])
    expect(stdout).toContain('     |     ^^^^^^^^^^^^^ did you mean `misspellings`?'.slice(2))
    expect(stderr).toContain('1 problem in 1 file')
    expect(exitCode).toBe(1)
  })

  test('an example that does not hold is an error at its own line', async () => {
    const { stdout, exitCode } = await runRules(['rules', 'check', '--rules', at('failing'), '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ code: 'W031', severity: 'error', line: 30, column: 7 })
    expect(exitCode).toBe(1)
  })

  test('a doubt is a warning: exit 0, and 1 with --strict', async () => {
    const args = ['rules', 'check', '--rules', at('doubtful'), '--format', 'github']
    const { stdout } = await runRules(args)
    expect(stdout).toMatch(/^::error .*title=W030::/m)
    expect(stdout).toMatch(/^::warning .*line=20,col=12,.*title=W045::this ignore swallows everything/m)
  })

  test('SARIF is JSON with one result a problem', async () => {
    const { stdout } = await runRules(['rules', 'check', '--rules', at('faulty'), '--format', 'sarif'])
    expect(JSON.parse(stdout).runs[0].results).toMatchObject([{ ruleId: 'W012', level: 'error' }])
  })

  test.each([
    ['a folder that is not there', ['rules', 'check', '--rules', '/nowhere'], 1, /cannot be read \(ENOENT\)/],
    ['an unknown option', ['rules', 'check', '--rulez', 'x'], 2, /unknown option/],
    ['an unknown format', ['rules', 'check', '--format', 'xml'], 2, /Allowed choices/],
    ['a missing argument', ['rules', 'try'], 2, /missing required argument/],
    ['an age in words', ['rules', 'try', 'x', '--age', 'ten'], 2, /whole years are expected/],
    ['ages the wrong way round', ['evaluate', 'x', '--ages', '9-3'], 2, /two ages are expected/],
  ])('%s is told in words', async (_reason, args, code, words) => {
    const { stderr, exitCode } = await runRules(args)
    expect(stderr).toMatch(words)
    expect(stderr).not.toContain('    at ')
    expect(exitCode).toBe(code)
  })
})

describe('rules test', () => {
  test('every example is printed, and all hold', async () => {
    const { stdout, exitCode } = await runRules(['rules', 'test', '--rules', at('good')])
    expect(stdout).toContain('  pass  no_match: Butter knife slipped opening jar')
    expect(exitCode).toBe(0)
  })

  test('a failing example exits 1 and says what was found', async () => {
    const tap = await runRules(['rules', 'test', '--rules', at('failing'), '--format', 'tap'])
    expect(tap.stdout).toMatch(/^TAP version 14\n1\.\.4\n/)
    expect(tap.stdout).toContain('not ok 4 - weapon-blade no_match 2: Knife in bag, walking unaided')
    const junit = await runRules(['rules', 'test', '--rules', at('failing'), '--format', 'junit'])
    expect(junit.stdout).toContain('<testsuite name="weapon-blade" tests="4" failures="1">')
    expect([tap.exitCode, junit.exitCode]).toEqual([1, 1])
  })

  test('a ruleset with a fault is not tested at all', async () => {
    const { stdout, stderr, exitCode } = await runRules(['rules', 'test', '--rules', at('faulty')])
    expect(stdout).toBe('')
    expect(stderr).toContain('error[W012]')
    expect(exitCode).toBe(1)
  })
})

describe('rules try', () => {
  test('the words found stand in brackets, with the reason', async () => {
    const { stdout, exitCode } = await runRules(['rules', 'try', 'Kinfe in bag', '--rules', at('good')])
    expect(stdout).toContain('[Kinfe] in bag\n\nFlagged, high.')
    expect(stdout).toContain('"Kinfe" is `knife`, 1 edit away')
    expect(exitCode).toBe(0)
  })

  test('what was set aside is said, and why', async () => {
    const { stdout } = await runRules(['rules', 'try', '-', '--rules', at('good')], 'Butter knife\nslipped')
    expect(stdout).toContain('Not flagged: "knife" was set aside, ignored: Table knife wording.')
  })

  test('a near miss is explained', async () => {
    const { stdout } = await runRules(['rules', 'try', 'knqqe seen', '--rules', at('good')])
    expect(stdout).toMatch(/"knqqe" resembles `knife`: too far: 2 edits, 1 allowed/)
  })
})

describe('rules backtest', () => {
  test('what is lost stands first, with counts a rule and a day, and no word of a note', async () => {
    const { stdout, stderr, exitCode } = await runRules([
      ...['rules', 'backtest', '--quiet', '--against', at('notes.ndjson')],
      ...['--base', at('good'), '--rules', at('narrower')],
    ])
    expect(stdout).toMatch(/^LOST \(1\)\n {2}h1 {2}2026-03-01 {2}high → not flagged {2}-weapon-blade\n/)
    expect(stdout).toMatch(/weapon-blade +2 +1 +1 +0/)
    expect(stdout).toMatch(/2026-03-02 +0 +0/)
    expect(stderr).toContain('line 5: `sections` cannot be read')
    expect(stderr).toContain(
      '4 notes read, 0 out of scope, 1 lines unreadable; 1 lost, 0 gained, 0 moved, 3 unchanged, 0.5 fewer a day.',
    )
    expect(stdout + stderr).not.toMatch(/sock|wound|secretword/)
    expect(exitCode).toBe(1)
  })

  test('the other way round it is gained', async () => {
    const { stdout } = await runRules([
      ...['rules', 'backtest', '--json', '--quiet', '--against', at('notes.ndjson')],
      ...['--base', at('narrower'), '--rules', at('good')],
    ])
    expect(JSON.parse(stdout)).toMatchObject({
      flaggedBefore: 1,
      flaggedAfter: 2,
      differences: [{ id: 'h1', kind: 'gained', before: null, after: 'high', rulesGained: ['weapon-blade'] }],
    })
  })
})

describe('evaluate', () => {
  test('each rule has its precision and recall, and its misses are named with their reason', async () => {
    const { stdout, exitCode } = await runRules([
      'evaluate',
      at('labelled.ndjson'),
      '--rules',
      at('good'),
      '--quiet',
    ])
    expect(stdout).toMatch(/weapon-blade +3 +3 +2 +66\.7% +66\.7%/)
    expect(stdout).toContain('weapon-blade  l2  set aside: ignored: Table knife wording')
    expect(exitCode).toBe(0)
  })

  test('each assertion has its figures, and a note that is hidden or needless is named', async () => {
    const { stdout, exitCode } = await runRules([
      ...['evaluate', at('read.ndjson'), '--rules', at('good'), '--quiet'],
    ])
    expect(stdout).toMatch(/negated +2 +1 +1 +100\.0% +50\.0% +0\.667/)
    expect(stdout).toContain('1 of 4 notes stand as labelled (25.0%)')
    expect(stdout).toMatch(/HIDDEN: .*\(1\)\n {2}r3\n/)
    expect(stdout).toMatch(/TOO HIGH: .*\(1\)\n {2}r2\n/)
    expect(stdout).toMatch(/NEEDLESS: .*\(1\)\n {2}r4\n/)
    expect(stdout).not.toMatch(/pocket|jar/)
    expect(exitCode).toBe(0)
  })

  test('a line without a label is named, not counted', async () => {
    const { stderr, exitCode } = await runRules([
      'evaluate',
      at('notes.ndjson'),
      '--rules',
      at('good'),
      '--quiet',
    ])
    expect(stderr).toContain('line 1: `expect` is missing: the line is not labelled')
    expect(exitCode).toBe(1)
  })
})

describe('explain', () => {
  test('a code is explained in the words of its page', async () => {
    const { stdout, exitCode } = await runRules(['explain', 'w025'])
    expect(stdout).toMatch(/^W025: air guns cannot be ignored\n.*rule of their own\.\n$/s)
    expect(exitCode).toBe(0)
  })

  test('an unknown code names the known ones', async () => {
    const { stderr, exitCode } = await runRules(['explain', 'W999'])
    expect(stderr).toMatch(/^W999 is no code of rules check\. There are: W001, W002, /)
    expect(exitCode).toBe(1)
  })
})
