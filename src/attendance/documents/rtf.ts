import { codePageOf, decodePage, fontPageOf } from './code-page.ts'

export interface RtfText {
  readonly text: string
  /** False where the text ends in the middle, or is nested as no letter is: words may be missing. */
  readonly isWhole: boolean
}

/** A group inside a group inside a group: more than this is no letter. */
const depthMax = 1_000

/**
 * The words of a text in RTF (Rich Text Format 1.9.1), which letters of many systems are:
 *
 *     rtf     = "{\rtf1" content "}"
 *     content = *( "{" content "}" / word / symbol / text )
 *     word    = "\" 1*32 letter [ [ "-" ] digits ] [ " " ]
 *     symbol  = "\" one other character, such as "\~"
 *     "\'hh"    one byte, in the code page of the font in use
 *     "\uN"     one UTF-16 unit, after which \ucN characters that stand in for it are passed over
 *     "\binN "  N bytes of anything
 *
 * Line ends of the file mean nothing. Groups that hold no words of the writer (fonts, pictures, unknown ones that
 * begin with "\*") are passed over; hidden and deleted words are kept.
 */
export function readRtf(bytes: Uint8Array): RtfText {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const writer = new Writer()
  let depth = 0
  let end = 0
  for (const found of source.matchAll(token)) {
    if (found.index < end) continue // inside \bin
    const [all, brace, word, number, hex, symbol] = found
    if (brace === '{') {
      if (++depth > depthMax) return { text: writer.text(), isWhole: false }
      writer.open()
    } else if (brace === '}') {
      if (--depth < 0) break
      writer.close()
      if (depth === 0) return { text: writer.text(), isWhole: true }
    } else if (word === 'bin') {
      end = found.index + all.length + Math.max(0, Number(number ?? 0))
    } else if (word !== undefined) writer.word(word, number === undefined ? null : Number(number))
    else if (hex !== undefined) writer.bytes(String.fromCharCode(Number.parseInt(hex, 16)))
    else if (symbol !== undefined) writer.symbol(symbol)
    else writer.plain(all)
  }
  return { text: writer.text(), isWhole: false }
}

const token = /([{}])|\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|[^{}\\\r\n]+/g

/** Groups without words of the writer. Those that begin with "\*" are passed over unless they are in `shown`. */
const unshown = new Set([
  ...['fonttbl', 'colortbl', 'stylesheet', 'info', 'pict', 'filetbl', 'listtable', 'revtbl', 'rsidtbl'],
  ...['fldinst', 'objdata', 'sp', 'xmlnstbl', 'mmathPr', 'datafield', 'xe', 'tc'],
])
const shown = new Set(['annotation', 'shpinst', 'footnote'])

/** Words that stand for characters. */
const characters: Readonly<Record<string, string>> = {
  ...{
    par: '\n',
    line: '\n',
    sect: '\n',
    page: '\n',
    column: '\n',
    row: '\n',
    nestrow: '\n',
    softline: '\n',
  },
  ...{ cell: '\t', nestcell: '\t', tab: '\t', emdash: '—', endash: '–', bullet: '•' },
  ...{ lquote: '‘', rquote: '’', ldblquote: '“', rdblquote: '”', emspace: ' ', enspace: ' ', qmspace: ' ' },
}
const symbols: Readonly<Record<string, string>> = {
  ...{ '~': '\u00a0', _: '-', '\n': '\n', '\r': '\n', '\\': '\\', '{': '{', '}': '}' },
}

interface Group {
  isShown: boolean
  /** Its first word says what it is. */
  isStarred: boolean
  isFontTable: boolean
  /** How many characters stand in for one of Unicode. */
  standIns: number
  codePage: string
}

class Writer {
  readonly #parts: string[] = []
  readonly #open: Group[] = []
  readonly #fontPages = new Map<number, string>()
  #group: Group = {
    ...{ isShown: true, isStarred: false, isFontTable: false, standIns: 1, codePage: 'windows-1252' },
  }
  #pageOfText = 'windows-1252'
  #defaultFont: number | null = null
  /** The font that the font table is telling of. */
  #font = 0
  #skip = 0
  /** Bytes of one code page, as Latin 1: some pages take two for a character. */
  #run = ''

  open(): void {
    this.#flush()
    this.#skip = 0
    this.#open.push({ ...this.#group })
    this.#group.isStarred = false
  }

  close(): void {
    this.#flush()
    this.#skip = 0
    this.#group = this.#open.pop() ?? this.#group
  }

  /** Letters as they stand: bytes as any others. */
  plain(text: string): void {
    const passed = Math.min(this.#skip, text.length)
    this.#skip -= passed
    if (this.#group.isShown) this.#run += text.slice(passed)
  }

  bytes(byte: string): void {
    this.plain(byte)
  }

  symbol(symbol: string): void {
    if (symbol === '*') this.#group.isStarred = true
    else this.#write(symbols[symbol] ?? '')
  }

  word(word: string, number: number | null): void {
    if (this.#group.isStarred) {
      this.#group.isStarred = false
      if (!shown.has(word)) this.#group.isShown = false
    }
    if (unshown.has(word)) this.#group.isShown = false
    const character = Object.hasOwn(characters, word) ? characters[word] : undefined
    if (character !== undefined) this.#write(character)
    else if (word === 'u') this.#unicode(number ?? 0)
    else this.#set(word, number)
  }

  text(): string {
    this.#flush()
    return this.#parts
      .join('')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  }

  #unicode(number: number): void {
    // Written as a signed number of 16 bits.
    this.#write(String.fromCharCode(number & 0xffff))
    this.#skip = this.#group.standIns
  }

  #set(word: string, number: number | null): void {
    const group = this.#group
    if (word === 'fonttbl') group.isFontTable = true
    else if (word === 'uc') group.standIns = Math.max(0, number ?? 1)
    else if (word === 'ansicpg' || word === 'mac' || word === 'pc' || word === 'pca') {
      this.#pageOfText = codePageOf(word === 'ansicpg' ? number : word)
      this.#use(this.#pageOfText)
    } else if (word === 'deff') this.#defaultFont = number
    else if (word === 'plain') this.#useFont(this.#defaultFont)
    else if (word === 'f' && group.isFontTable) this.#font = number ?? 0
    else if (word === 'f') this.#useFont(number)
    else if (word === 'fcharset' && group.isFontTable) this.#tellFont(fontPageOf(number ?? 0))
    else if (word === 'cpg' && group.isFontTable) this.#tellFont(codePageOf(number))
  }

  #tellFont(page: string | null): void {
    if (page !== null) this.#fontPages.set(this.#font, page)
  }

  #useFont(font: number | null): void {
    this.#use((font === null ? undefined : this.#fontPages.get(font)) ?? this.#pageOfText)
  }

  #use(page: string): void {
    this.#flush()
    this.#group.codePage = page
  }

  #write(text: string): void {
    if (this.#skip > 0) {
      this.#skip--
      return
    }
    if (!this.#group.isShown) return
    this.#flush()
    this.#parts.push(text)
  }

  #flush(): void {
    if (this.#run === '') return
    this.#parts.push(decodePage(this.#run, this.#group.codePage))
    this.#run = ''
  }
}
