import type { Role } from '../../services/ports.ts'

export const roleNames: Readonly<Record<Role, string>> = {
  nurse: 'Safeguarding nurse',
  lead: 'Safeguarding lead',
  'rules-maintainer': 'Rules maintainer',
  ops: 'Operations',
}
