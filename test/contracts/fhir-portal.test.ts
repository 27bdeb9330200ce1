import { openFhirPortal } from '../../src/adapters/portal/fhir/fhir-portal.ts'
import { exampleAddress } from '../world/referral-message.ts'
import { connectSimulator } from './connect-simulator.ts'
import { describePortal } from './portal-contract.ts'

const connect = () =>
  connectSimulator({
    open: (who, { fhirUrl, token }) => {
      const shown = who === 'ours' ? token : 'not-the-token'
      return openFhirPortal({ url: fhirUrl, token: shown, timeoutMs: 2_000, address: exampleAddress })
    },
  })

describePortal('FHIR messages', connect, { lookUp: true, callBack: true })
