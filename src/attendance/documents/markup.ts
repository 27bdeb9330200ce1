import { parseFragment, type Token, Tokenizer } from 'parse5'

export const voidElements: ReadonlySet<string> = new Set(['area', 'br', 'col', 'hr', 'img', 'input', 'wbr'])

/** Their ends, and their starts, are ends of lines. */
const blocks = new Set(
  `address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer
  form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol optgroup option p pre section select summary
  table tbody tfoot thead title tr ul`.split(/\s+/),
)
const cells = new Set(['td', 'th'])
/** They vanish, and join or split no words. */
const inline = new Set(
  `a abbr acronym area b base basefont bdi bdo big button cite code col colgroup data del dfn em font i img input
  ins kbd label link map mark meta noscript object output q rp rt ruby s samp small span strike strong sub sup
  textarea time tt u var wbr`.split(/\s+/),
)
/** What stands between their tags is not for readers. */
const unshown = new Set(['script', 'style'])

/** Faults of markup after which the tokenizer leaves words out. All others keep every word. */
const losesWords = new Set<string>([
  'cdata-in-html-content',
  'eof-in-comment',
  'eof-in-tag',
  'incorrectly-opened-comment',
  'unexpected-character-in-attribute-name',
])

export interface MarkupText {
  readonly text: string
  /** The markup is broken, and words might be lost in its tags: `text` is all of it as it came. */
  readonly isBroken: boolean
}

/**
 * The words of XHTML or HTML as a reader sees them: ends of blocks are line ends, inline tags vanish, entities are
 * decoded. It reads tokens and builds no tree, so that its time is linear whatever the nesting.
 */
export function readMarkup(markup: string): MarkupText {
  const lines = new Lines()
  let isBroken = false
  let skipping: string | null = null
  let lastFault = ''
  const words = ({ chars }: Token.CharacterToken) => {
    if (skipping === null) lines.write(chars)
  }
  const mark = (name: string, isStart: boolean) => {
    if (blocks.has(name)) lines.endLine()
    else if (cells.has(name)) lines.space()
    else if (!inline.has(name) && !unshown.has(name) && !name.includes(':')) isBroken = true
    if (name === 'pre') lines.keepSpaces(isStart)
  }
  const tokenizer = new Tokenizer(
    {},
    {
      onCharacter: words,
      onWhitespaceCharacter: words,
      onNullCharacter: words,
      onStartTag: ({ tagName, attrs, selfClosing }) => {
        if (skipping !== null) return
        mark(tagName, !selfClosing)
        if (unshown.has(tagName) && !selfClosing) skipping = tagName
        const alt = tagName === 'img' ? attrs.find(({ name }) => name === 'alt') : undefined
        if (alt !== undefined) lines.write(` ${alt.value} `)
      },
      onEndTag: ({ tagName }) => {
        if (skipping === tagName) skipping = null
        else if (skipping === null) mark(tagName, false)
      },
      onComment: () => {
        // Such as "</ knife>". Of a lone "<" every word is kept.
        if (lastFault === 'invalid-first-character-of-tag-name') isBroken = true
      },
      onDoctype: () => {},
      onEof: () => {},
      onParseError: ({ code }) => {
        lastFault = code
        if (losesWords.has(code)) isBroken = true
      },
    },
  )
  tokenizer.write(markup, true)
  return isBroken || skipping !== null
    ? { text: markup.trim(), isBroken: true }
    : { text: lines.text(), isBroken: false }
}

/** What &name; stands for in HTML, or null. */
export function decodeEntity(name: string): string | null {
  const [child] = parseFragment(`&${name};`).childNodes
  const decoded = child !== undefined && 'value' in child ? child.value : ''
  return decoded === `&${name};` ? null : decoded
}

export function escapeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** Words are laid out as a browser does: blanks run together, and there is at most one line end between lines. */
class Lines {
  readonly #parts: string[] = []
  #gap: '' | ' ' | '\n' = ''
  #keeping = 0

  write(text: string): void {
    if (this.#keeping > 0) {
      this.#put(text)
      return
    }
    for (const [run] of text.matchAll(/[ \t\r\n\f]+|[^ \t\r\n\f]+/g)) {
      if (/^[ \t\r\n\f]/.test(run)) this.space()
      else this.#put(run)
    }
  }

  space(): void {
    if (this.#gap === '') this.#gap = ' '
  }

  endLine(): void {
    this.#gap = '\n'
  }

  keepSpaces(isStart: boolean): void {
    this.#keeping = Math.max(0, this.#keeping + (isStart ? 1 : -1))
  }

  text(): string {
    return this.#parts.join('').trim()
  }

  #put(words: string): void {
    if (this.#parts.length > 0) this.#parts.push(this.#gap)
    this.#gap = ''
    this.#parts.push(words)
  }
}
