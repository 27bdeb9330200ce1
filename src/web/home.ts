import type { Role } from '../services/people.ts'

/** The first page of each role. */
const homes: Readonly<Record<Role, string>> = {
  nurse: '/',
  lead: '/',
  'rules-maintainer': '/rules',
  ops: '/accounting',
}

export function homeOf(role: Role): string {
  return homes[role]
}

interface NavigationItem {
  readonly href: string
  readonly text: string
  readonly current: boolean
}

const places = {
  '/': 'Today',
  '/referrals': 'Referrals',
  '/search': 'Search',
  '/accounting': 'Accounting and sign-off',
  '/rules': 'Rules',
} as const

const placesOf: Readonly<Record<Role, readonly (keyof typeof places)[]>> = {
  nurse: ['/', '/referrals', '/search', '/accounting', '/rules'],
  lead: ['/', '/referrals', '/search', '/accounting', '/rules'],
  'rules-maintainer': ['/rules'],
  ops: ['/accounting', '/rules'],
}

/** The links of the header, with the one current on whose pages the path lies. */
export function navigationOf(role: Role, path: string): readonly NavigationItem[] {
  return placesOf[role].map(href => ({ href, text: places[href], current: isWithin(path, href) }))
}

function isWithin(path: string, href: string): boolean {
  if (href === '/referrals' && path === '/meeting') return true
  if (href !== '/') return path === href || path.startsWith(`${href}/`)
  return path === '/' || path.startsWith('/flags/') || path.startsWith('/set-aside') || path === '/day-sheet'
}
