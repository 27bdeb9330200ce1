import PorterStemmer from 'natural/lib/natural/stemmers/porter_stemmer.js'

/**
 * The stem of an English word after M. F. Porter, "An algorithm for suffix stripping" (1980). A call costs several
 * microseconds, so stems are asked for when rules load and for words already in doubt, never for every word of a
 * note. The deep path matters: importing all of natural takes a second and slows loops over characters afterwards,
 * and the index of this folder brings the stemmers of sixteen languages.
 */
export function stemOf(word: string): string {
  return PorterStemmer.stem(word)
}
