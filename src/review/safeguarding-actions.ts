/**
 * What a safeguarding team looks through for a child: the checklist, line by line. Wren does none of it; it asks
 * whether it is done, and by whom it will be. The order is that of the page.
 */
export const safeguardingActions = {
  'social-care': { group: 'partners', label: 'Referral to children’s social care' },
  'get-safe': { group: 'partners', label: 'GET SAFE risk assessment' },
  'get-there': {
    group: 'partners',
    label: 'GET THERE or CARM',
    hint: 'From 16, and before the 18th birthday',
  },
  police: { group: 'partners', label: 'Police told', hint: 'Knife and gunshot wounds: normally told' },
  mace: {
    group: 'partners',
    label: 'MACE or partnership meeting',
    hint: 'Runs beside child protection, never instead of it',
    asks: { label: 'Is significant harm suspected?', kind: 'yes-no' },
  },
  camhs: { group: 'health', label: 'CAMHS or psychiatric liaison' },
  gp: { group: 'health', label: 'GP told' },
  'school-nurse': { group: 'health', label: 'Health visitor or school nurse told' },
  'record-alert': { group: 'health', label: 'Alert on the health record' },
  paediatrics: { group: 'health', label: 'Paediatric review' },
  'childs-voice': { group: 'family', label: 'Child spoken to alone, in the child’s own words' },
  parents: { group: 'family', label: 'Parents or carers spoken to' },
  household: { group: 'family', label: 'Siblings and adults in the home' },
  'domestic-abuse': { group: 'family', label: 'Domestic abuse considered' },
  missing: { group: 'family', label: 'Missing from home, care or school' },
  consent: { group: 'law', label: 'Consent considered', hint: 'It never stops a referral' },
  capacity: { group: 'law', label: 'Mental capacity considered' },
  nrm: {
    group: 'law',
    label: 'Trafficking considered (National Referral Mechanism)',
    hint: 'A first responder refers: the hospital is none',
    asks: { label: 'Who leads?', kind: 'text' },
  },
  strategy: { group: 'law', label: 'Strategy discussion' },
  services: { group: 'support', label: 'Steer Clear or another service' },
  supervision: { group: 'support', label: 'Safeguarding supervision' },
} as const satisfies Record<string, SafeguardingAction>

export const actionGroups = {
  partners: 'Referrals and partners',
  health: 'Health',
  family: 'Child and family',
  law: 'Considered',
  support: 'Support',
} as const

export type ActionId = keyof typeof safeguardingActions
export type ActionGroup = keyof typeof actionGroups

export interface SafeguardingAction {
  readonly group: ActionGroup
  readonly label: string
  readonly hint?: string
  /** Asked where the action is done or to be done. */
  readonly asks?: { readonly label: string; readonly kind: 'text' | 'yes-no' }
}

export const actionIds: readonly ActionId[] = Object.keys(safeguardingActions).filter(isActionId)

export function isActionId(text: string): text is ActionId {
  return Object.hasOwn(safeguardingActions, text)
}

export function actionOf(id: ActionId): SafeguardingAction {
  return safeguardingActions[id]
}
