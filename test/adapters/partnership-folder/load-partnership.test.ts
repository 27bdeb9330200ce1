import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  loadPartnership,
  requirePartnership,
} from '../../../src/adapters/partnership-folder/load-partnership.ts'

/** A copy of the folder that comes with Wren, with one file changed. */
async function folderWith(name: string, change: (text: string) => string) {
  const folder = await mkdtemp(join(tmpdir(), 'wren-partnership-'))
  await cp('partnership', folder, { recursive: true })
  await writeFile(join(folder, name), change(await readFile(join(folder, name), 'utf8')))
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

test('the folder that comes with Wren has no problem', async () => {
  const loaded = await loadPartnership('partnership')
  expect(loaded.problems).toEqual([])
  expect(requirePartnership(loaded).holidays.lastYear).toBeGreaterThanOrEqual(2028)
})

test.each([
  [
    'areas.yaml',
    (text: string) => text.replace('wednesday', 'wensday'),
    /areas\.yaml:\d+:\d+[\s\S]*did you mean `wednesday`/,
  ],
  [
    'services.yaml',
    (text: string) => text.replace('[weapons]', '[weapon]'),
    /services\.yaml:\d+:\d+[\s\S]*did you mean `weapons`/,
  ],
  [
    'risk-assessment.yaml',
    (text: string) => text.replace('ask: words', 'ask: word'),
    /risk-assessment\.yaml:\d+:\d+/,
  ],
  [
    'bank-holidays.json',
    () => '<!doctype html>',
    /bank-holidays\.json:1:1[\s\S]*gov\.uk\/bank-holidays\.json/,
  ],
])('an error in %s stops the start, with its line and what to do', async (name, change, told) => {
  await using copy = await folderWith(name, change)
  const loaded = await loadPartnership(copy.folder)
  expect(loaded.partnership).toBeNull()
  expect(() => requirePartnership(loaded)).toThrow(told)
})

test('a folder that is not there is named, with the setting that names it', async () => {
  await expect(loadPartnership('no-such-folder')).rejects.toThrow('WREN_PARTNERSHIP')
})

test('a new risk assessment is another version, whose questions are asked at the next start', async () => {
  const shipped = requirePartnership(await loadPartnership('partnership'))
  await using copy = await folderWith('risk-assessment.yaml', text =>
    text.replace(
      '      - id: debt\n',
      '      - id: tattoo\n        ask: words\n        label: Tattoos that mean something to others\n      - id: debt\n',
    ),
  )
  const { form } = requirePartnership(await loadPartnership(copy.folder))
  expect(form.version).not.toBe(shipped.form.version)
  expect(form.sections[0]?.questions.map(({ id }) => id)).toContain('tattoo')
})
