import type { Chance } from './chance.ts'
import { phrases } from './phrases.ts'

/** What is true of the person a note is about: `age`, `he`, `side` … */
export type Facts = Readonly<Record<string, string>>

/**
 * Writes a note from a template, so that no two read alike. `told` keeps what was said: a visit whose triage says
 * "NKDA" says so to its end.
 *
 *     template    = ( text | choice | name )*
 *     choice      = "[" template ( "|" template )* "]"    one of them; an empty one leaves it out
 *     name        = "{" word "}"                          a fact, else one of the phrases of that name
 */
export function writeNote({
  template,
  facts,
  told,
  chance,
}: {
  readonly template: string
  readonly facts: Facts
  readonly told: Map<string, string>
  readonly chance: Chance
}): string {
  let text = template
  for (let found = inmost.exec(text); found !== null; found = inmost.exec(text)) {
    const [whole, choices, name = ''] = found
    const written = choices === undefined ? lookUp(name) : chance.pick(choices.split('|'))
    text = text.slice(0, found.index) + written + text.slice(found.index + whole.length)
  }
  return text
    .replace(/ {2,}/g, ' ')
    .replace(/ ([.,;])/g, '$1')
    .replace(/ *\n */g, '\n')
    .trim()

  function lookUp(name: string): string {
    const fact = facts[name] ?? told.get(name)
    if (fact !== undefined) return fact
    const phrase = phrases[name]
    if (phrase === undefined)
      throw new Error(`a demo note asks for {${name}}, which is neither fact nor phrase`)
    const picked = chance.pick(phrase)
    const choice = writeNote({ template: picked, facts, told, chance })
    told.set(name, choice)
    return choice
  }
}

const inmost = /\[([^[\]{}]*)\]|\{(\w+)\}/

/** How people type: some never use capitals, a few use nothing else, and hurried fingers slip. */
export function typeLikeStaff(text: string, chance: Chance): string {
  const slipped = text.replace(/[a-z]{6,}/g, word => (chance.happens(0.012) ? slip(word, chance) : word))
  const habit = chance.next()
  if (habit < 0.1) return slipped.toLowerCase()
  return habit < 0.13 ? slipped.toUpperCase() : slipped
}

function slip(word: string, chance: Chance): string {
  const at = chance.between(1, word.length - 3)
  const [a = '', b = ''] = [word[at], word[at + 1]]
  const put = chance.pick([b + a, a, a + a + b])
  return word.slice(0, at) + put + word.slice(at + 2)
}
