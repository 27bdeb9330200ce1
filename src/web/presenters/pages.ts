interface PageLink {
  readonly number: number
  readonly href: string
  readonly current: boolean
}

export interface PageLinks {
  readonly links: readonly PageLink[]
  readonly previous: string | null
  readonly next: string | null
}

/** Links to the pages of a list, or null where one page holds it all. */
export function presentPages(list: {
  readonly page: number
  readonly length: number
  readonly total: number
  readonly href: (page: number) => string
}): PageLinks | null {
  const { page, length, total, href } = list
  const last = Math.max(1, Math.ceil(total / length))
  if (last === 1 && page === 1) return null
  const near = Array.from({ length: last }, (_, index) => index + 1).filter(
    number => number === 1 || number === last || Math.abs(number - page) <= 2,
  )
  return {
    links: near.map(number => ({ number, href: href(number), current: number === page })),
    previous: page > 1 ? href(Math.min(page - 1, last)) : null,
    next: page < last ? href(page + 1) : null,
  }
}
