import { Agent } from 'undici'
import { clientCredentials } from '../../src/adapters/portal/client-credentials.ts'
import type { PortalProfile } from '../../src/adapters/portal/read-exchange.ts'
import { defaultProfile, openRestPortal } from '../../src/adapters/portal/rest-portal.ts'
import { clientSecret, startTokenServer } from '../world/token-server.ts'
import { connectSimulator } from './connect-simulator.ts'
import { type ConnectedPortal, describePortal } from './portal-contract.ts'

describePortal('REST', () => connect(defaultProfile), { lookUp: true, callBack: true })
describePortal(
  'REST, where it cannot be asked by key',
  () => connect({ ...defaultProfile, answersByKey: false }),
  { callBack: true },
)
describePortal('REST, with tokens by OAuth 2', async () => {
  const server = await startTokenServer()
  const tokensFor = (secret: string) =>
    clientCredentials({
      tokenUrl: server.tokenUrl,
      clientId: 'by-secret',
      proof: { kind: 'secret', secret },
      dispatcher: new Agent(),
    })
  const tokens = { ours: await tokensFor(clientSecret), stranger: await tokensFor('not-the-secret') }
  const far = await connectSimulator({
    accepts: server.accepts,
    open: (who, { referralsUrl }) =>
      openRestPortal({ url: referralsUrl, token: tokens[who], timeoutMs: 2_000 }),
  })
  return {
    ...far,
    async [Symbol.asyncDispose]() {
      await far[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
})

function connect(profile: PortalProfile): Promise<ConnectedPortal> {
  return connectSimulator({
    open: (who, { referralsUrl, token }) => {
      const shown = who === 'ours' ? token : 'not-the-token'
      return openRestPortal({ url: referralsUrl, token: shown, timeoutMs: 2_000, profile })
    },
  })
}
