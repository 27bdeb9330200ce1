import type { Role } from '../services/ports.ts'
import { showQueue } from './pages/queue-page.ts'
import { enter, leave, showSignIn } from './pages/sign-in-page.ts'
import { startNext } from './pages/start-page.ts'
import type { Route } from './visit.ts'

/** Who sees children's records: nobody else does, on any page. */
const clinical: readonly Role[] = ['nurse', 'lead']

/** Every address of Wren, and who may use it. A form's token is checked on every POST. */
export const routes: readonly Route[] = [
  { method: 'GET', path: '/sign-in', roles: 'everyone', show: showSignIn },
  { method: 'POST', path: '/sign-in', roles: 'everyone', show: enter },
  { method: 'POST', path: '/sign-out', roles: 'everyone', show: leave },

  { method: 'GET', path: '/', roles: clinical, show: showQueue },
  { method: 'POST', path: '/start', roles: clinical, show: startNext },
]
