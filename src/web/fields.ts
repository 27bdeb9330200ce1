/** Named texts of a form, a query or a path. A name may come several times; asked for one text, it has its first. */
export class Fields {
  readonly #texts: ReadonlyMap<string, readonly string[]>

  constructor(source: unknown) {
    const entries = typeof source === 'object' && source !== null ? Object.entries(source) : []
    this.#texts = new Map(
      entries.flatMap(([name, value]) => {
        const values: readonly unknown[] = Array.isArray(value) ? value : [value]
        const texts = values.filter(text => typeof text === 'string')
        return texts.length === 0 ? [] : [[name, texts] as const]
      }),
    )
  }

  /**
   * Empty where the name did not come. Line ends are those of a Unix text, however the browser sent them; NUL and
   * half surrogate pairs, which cannot be stored and which no keyboard types, are left out.
   */
  text(name: string): string {
    return this.texts(name)[0] ?? ''
  }

  /** Every text that came under the name, in order. */
  texts(name: string): readonly string[] {
    return (this.#texts.get(name) ?? []).map(text =>
      text.replaceAll('\r\n', '\n').replaceAll('\0', '').toWellFormed(),
    )
  }

  /** A whole number from `min` up; `min` where the text is none. */
  number(name: string, min: number): number {
    const text = this.text(name)
    return /^\d{1,9}$/.test(text) ? Math.max(min, Number(text)) : min
  }

  all(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#texts.keys()].map(name => [name, this.text(name)]))
  }
}
