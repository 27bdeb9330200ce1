const inspect = Symbol.for('nodejs.util.inspect.custom')

/**
 * Free text of an attendance with the section it stands in. The words are a patient's: they live in a private
 * field, so that a log line, JSON, a template or an error that is handed a Note shows only how long it is.
 * Whoever needs the words asks for `words` by name.
 */
export class Note {
  readonly section: string
  /** When the source says it was written: an ISO instant, or null where it does not say. */
  readonly writtenAt: string | null
  readonly #words: string

  constructor(note: { section: string; words: string; writtenAt?: string | null }) {
    this.section = note.section
    this.writtenAt = note.writtenAt ?? null
    this.#words = note.words
  }

  /** The text exactly as typed. */
  get words(): string {
    return this.#words
  }

  toJSON(): { section: string; length: number } {
    return { section: this.section, length: this.#words.length }
  }

  toString(): string {
    return `Note(${this.section}, ${this.#words.length} characters)`
  }

  [inspect](): string {
    return this.toString()
  }
}
