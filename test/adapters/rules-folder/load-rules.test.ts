import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadRules, RulesFolderError, requireRuleset } from '../../../src/adapters/rules-folder/load-rules.ts'
import { sampleCues, sampleRule } from '../../rules/sample-rule.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wren-rules-'))
  await writeFile(join(folder, 'weapon-blade.yaml'), sampleRule)
  await writeFile(join(folder, 'cues.yaml'), sampleCues.text)
})

afterEach(() => rm(folder, { recursive: true }))

test('a folder gives its ruleset; what is no rule file is left alone', async () => {
  await writeFile(join(folder, 'README.md'), '# not a rule')
  await mkdir(join(folder, 'old.yaml'))
  const loaded = await loadRules(folder)
  expect(loaded.problems).toEqual([])
  expect(requireRuleset(loaded).rules.map(rule => rule.id)).toEqual(['weapon-blade'])
})

test('two loads of one folder have one version', async () => {
  const versions = [await loadRules(folder), await loadRules(folder)].map(({ ruleset }) => ruleset?.version)
  expect(versions[0]).toMatch(/^[0-9a-f]{12}$/)
  expect(versions[0]).toBe(versions[1])
})

test('bytes that are not UTF-8 are a fault with a place', async () => {
  await writeFile(
    join(folder, 'weapon-blade.yaml'),
    Buffer.from(sampleRule.replace('Knife', 'Knif\u00e9'), 'latin1'),
  )
  expect((await loadRules(folder)).problems).toMatchObject([{ code: 'W002', line: 3, column: 11 }])
})

test('a file with a byte order mark is read', async () => {
  await writeFile(join(folder, 'weapon-blade.yaml'), `\uFEFF${sampleRule}`)
  expect((await loadRules(folder)).problems).toEqual([])
})

test('lines may end as on Windows', async () => {
  await writeFile(join(folder, 'weapon-blade.yaml'), sampleRule.replaceAll('\n', '\r\n'))
  expect((await loadRules(folder)).problems).toEqual([])
})

test('a broken file refuses the whole folder, with its line', async () => {
  await writeFile(join(folder, 'other-rule.yaml'), 'wren: 1\nid: other-rule\nstatus: lvie\n')
  const loaded = await loadRules(folder)
  expect(loaded.ruleset).toBeNull()
  expect(() => requireRuleset(loaded)).toThrow(/other-rule\.yaml:3:9[\s\S]*did you mean `live`/)
})

test('a folder that is not there is told in words', async () => {
  await expect(loadRules(join(folder, 'nowhere'))).rejects.toThrow(RulesFolderError)
  await expect(loadRules(join(folder, 'nowhere'))).rejects.toThrow(/cannot be read \(ENOENT\)/)
})
