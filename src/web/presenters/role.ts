import type { Role } from '../../services/people.ts'

export const roleNames: Readonly<Record<Role, string>> = {
  nurse: 'Safeguarding nurse',
  lead: 'Safeguarding lead',
  'rules-maintainer': 'Rules maintainer',
  ops: 'Operations',
}
