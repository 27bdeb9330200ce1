/** One record of a source, such as a row of an extract: what mappings take values from. */
export interface RecordReader {
  /** The text at a column or path; null where there is none; a problem where what is there is no text. */
  textAt(name: string): string | null | { readonly problem: string }
  /** The records of a list inside this one. */
  each(path: string): readonly RecordReader[]
}
