import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { MessageAddress } from '../../src/adapters/portal/fhir/message-bundle.ts'
import { ReferralPayload } from '../../src/referral/referral-schema.ts'

const openApi = parse(readFileSync('docs/portal-openapi.yaml', 'utf8'))

/** The referral of an invented child that docs/portal-openapi.yaml prints. */
export const exampleReferral = ReferralPayload.parse(
  openApi.paths['/referrals'].post.requestBody.content['application/json'].example,
)

/** An invented service of an invented trust. */
export const exampleAddress: MessageAddress = {
  to: { system: 'https://fhir.nhs.uk/Id/dos-service-id', value: '2000099999' },
  from: 'RWP',
  useContext: null,
}
