import { userInfo } from 'node:os'
import type { Actor } from '../../services/actor.ts'

/** Whoever sits at this machine: the operating system has asked for their password. */
export function whoever(): Actor {
  const { username } = userInfo()
  return { username: `${username} (command line)`, name: username, role: 'ops' }
}
