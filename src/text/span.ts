/** Half-open UTF-16 offsets into a text as typed: `text.slice(start, end)` are its words. */
export interface Span {
  readonly start: number
  readonly end: number
}
