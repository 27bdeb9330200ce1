declare module 'natural/lib/natural/stemmers/porter_stemmer.js' {
  const PorterStemmer: { stem(word: string): string }
  // biome-ignore lint/style/noDefaultExport: describes how the package exports its stemmer.
  export default PorterStemmer
}
