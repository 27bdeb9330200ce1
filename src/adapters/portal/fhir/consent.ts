import type { ReferralPayload } from '../../../referral/referral-schema.ts'
import { idWithin, type Refer, type Resource, systems } from './fhir-element.ts'

/**
 * What the child or parent answered; nobody was asked: no Consent. It is a record and no lock: a referral goes also
 * where consent was refused, and the form says why.
 */
export function consentOf({ id, consent }: ReferralPayload, refer: Refer): readonly Resource[] {
  if (consent.asked === 'not-asked') return []
  return [
    {
      resourceType: 'Consent',
      id: idWithin(id, 'Consent'),
      status: consent.asked === 'given' ? 'active' : 'rejected',
      scope: {
        coding: [{ system: systems.consentScope, code: 'patient-privacy', display: 'Privacy Consent' }],
      },
      category: [{ coding: [{ system: systems.act, code: 'IDSCL', display: 'information disclosure' }] }],
      patient: refer('Patient'),
      organization: [refer('Organization/sender')],
      sourceReference: refer('QuestionnaireResponse'),
      policyRule: { text: 'Sharing this referral with its receiver' },
    },
  ]
}
