/** Why a list is empty, in words that differ for each reason, with what can be done about it. */
export interface NothingWords {
  readonly heading: string
  readonly text: string
  readonly link: { readonly href: string; readonly text: string } | null
}

export function nothing(heading: string, text: string, link: NothingWords['link'] = null): NothingWords {
  return { heading, text: text.replaceAll(/ {2,}/g, ' ').trim(), link }
}
