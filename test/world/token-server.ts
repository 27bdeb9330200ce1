import { createServer } from 'node:http'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import Provider from 'oidc-provider'
import { makeSigningKey } from './make-certificates.ts'

export const portalAudience = 'https://portal.example'
export const clientSecret = 'a secret of the test, shared with nobody'

/** A real OpenID provider that knows two clients: `by-secret`, and `by-key` where a public key is given. */
export interface TokenServer extends AsyncDisposable {
  readonly tokenUrl: string
  readonly issuer: string
  /** How many tokens were asked for. */
  readonly asked: () => number
  /** Whether a portal of this name may take the token, by this clock. */
  accepts(authorization: string, wish?: { readonly audience?: string; readonly now?: Date }): Promise<boolean>
}

export async function startTokenServer(publicJwk: object | null = null): Promise<TokenServer> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the token server has no port')
  const issuer = `http://127.0.0.1:${address.port}`
  const service = {
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    id_token_signed_response_alg: 'ES256' as const,
  }
  const provider = new Provider(issuer, {
    clients: [
      { ...service, client_id: 'by-secret', client_secret: clientSecret },
      ...(publicJwk === null
        ? []
        : [
            {
              ...service,
              client_id: 'by-key',
              token_endpoint_auth_method: 'private_key_jwt' as const,
              jwks: { keys: [publicJwk] },
            },
          ]),
    ],
    jwks: { keys: [makeSigningKey('ec').privateJwk] },
    enabledJWA: { clientAuthSigningAlgValues: ['ES256', 'RS512'] },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => portalAudience,
        getResourceServerInfo: (_context, resource) => ({
          scope: 'referrals',
          audience: resource,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
          accessTokenTTL: 600,
        }),
      },
    },
  })
  let asked = 0
  provider.on('grant.success', () => {
    asked += 1
  })
  server.on('request', provider.callback())
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`))
  return {
    tokenUrl: `${issuer}/token`,
    issuer,
    asked: () => asked,
    accepts: async (authorization, { audience = portalAudience, now = new Date() } = {}) => {
      const token = authorization.replace(/^Bearer /, '')
      const options = { issuer, audience, currentDate: now }
      return jwtVerify(token, keys, options).then(
        () => true,
        () => false,
      )
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
