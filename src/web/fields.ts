/** Named texts of a form, a query or a path. A name that came several times has its first text. */
export class Fields {
  readonly #texts: ReadonlyMap<string, string>

  constructor(source: unknown) {
    const entries = typeof source === 'object' && source !== null ? Object.entries(source) : []
    this.#texts = new Map(
      entries.flatMap(([name, value]) => {
        const text: unknown = Array.isArray(value) ? value[0] : value
        return typeof text === 'string' ? [[name, text] as const] : []
      }),
    )
  }

  /**
   * Empty where the name did not come. Line ends are those of a Unix text, however the browser sent them; NUL and
   * half surrogate pairs, which cannot be stored and which no keyboard types, are left out.
   */
  text(name: string): string {
    return (this.#texts.get(name) ?? '').replaceAll('\r\n', '\n').replaceAll('\0', '').toWellFormed()
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
