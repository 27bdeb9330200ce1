import type { AlertKind } from '../../attendance/attendance.ts'

/** What the hospital's record already says of the child. */
export const alertNames: Readonly<Record<AlertKind, string>> = {
  'child-protection-plan': 'Child protection plan',
  'looked-after': 'Looked-after child',
  exploitation: 'Exploitation alert',
  'cp-is': 'Known to CP-IS',
  'mental-health': 'Mental health alert',
}
