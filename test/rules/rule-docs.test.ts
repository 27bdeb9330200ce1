import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readSimpleLine } from '../../src/processes/commands/simple-lines.ts'
import { parseRuleset } from '../../src/rules/parse-ruleset.ts'
import { checkRules } from '../../src/scan/check-rules.ts'
import { sampleCues, sampleFile, sampleRule } from './sample-rule.ts'

const manual = readFileSync('docs/rule-format.md', 'utf8')

function snippets(language: string): string[] {
  return [...manual.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    found => found[1] ?? '',
  )
}

/** A snippet that shows one setting stands in the sample rule in its place. */
function asFile(snippet: string): { path: string; text: string } {
  if (snippet.startsWith('wren: 1\nid:')) {
    return { path: `rules/${/^id: (.*)$/m.exec(snippet)?.[1]}.yaml`, text: snippet }
  }
  if (snippet.startsWith('wren: 1\nlists:')) return { path: 'rules/word-lists.yaml', text: snippet }
  if (snippet.startsWith('wren: 1')) return { path: 'rules/cues.yaml', text: snippet }
  const setting = /^\w+/.exec(snippet)?.[0] ?? ''
  return { ...sampleFile, text: sampleRule.replace(new RegExp(`^${setting}:\n(?:[ ].*\n)*`, 'm'), snippet) }
}

describe('docs/rule-format.md', () => {
  test('shows rules, settings and cues', () => {
    expect(snippets('yaml').length).toBeGreaterThan(3)
  })

  test.each(snippets('yaml').map(snippet => [snippet.split('\n').slice(0, 2).join(' '), snippet]))(
    'its snippet "%s" is read without a fault',
    (_title, snippet) => {
      const file = asFile(snippet)
      const lists = snippets('yaml')
        .map(asFile)
        .find(({ path }) => path === 'rules/word-lists.yaml')
      const files = [sampleFile, sampleCues, ...(lists === undefined ? [] : [lists])].filter(
        ({ path }) => path !== file.path,
      )
      // A list is used by the one snippet, and by no other.
      const { problems } = parseRuleset([file, ...files])
      expect(problems.filter(({ code }) => code !== 'W029')).toEqual([])
    },
  )

  test('its whole rule keeps its own examples, and leaves no doubt', () => {
    const [whole = ''] = snippets('yaml')
    expect(checkRules(parseRuleset([asFile(whole), sampleCues]))).toEqual([])
  })

  test('its lines of notes are read', () => {
    const lines = snippets('json').flatMap(snippet => snippet.trim().split('\n'))
    expect(lines.map(line => readSimpleLine(line).kind)).toEqual(['line', 'line', 'line'])
  })
})

describe('docs/rule-problems.md', () => {
  test('explains every code that the source can report, and no other', () => {
    const codes = (text: string) => [...new Set(text.match(/\bW0\d\d\b/g))].sort()
    const source = ['src/rules', 'src/scan']
      .flatMap(folder => readdirSync(folder).map(name => readFileSync(`${folder}/${name}`, 'utf8')))
      .join('\n')
    const explained = codes(
      [...readFileSync('docs/rule-problems.md', 'utf8').matchAll(/^### (W0\d\d)/gm)]
        .map(found => found[1])
        .join(' '),
    )
    expect(explained).toEqual(codes(source))
  })
})

test('rules/README.md names every rule', () => {
  const readme = readFileSync('rules/README.md', 'utf8')
  const ids = readdirSync('rules').flatMap(name => /^(?!cues|word-lists)(.+)\.yaml$/.exec(name)?.[1] ?? [])
  expect(ids.filter(id => !readme.includes(`|\`${id}\`|`))).toEqual([])
})
