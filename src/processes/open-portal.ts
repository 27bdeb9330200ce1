import { access, readFile } from 'node:fs/promises'
import { type AccessTokens, fixedToken } from '../adapters/portal/access-tokens.ts'
import { type ClientProof, clientCredentials } from '../adapters/portal/client-credentials.ts'
import { type Connection, openConnection } from '../adapters/portal/connection.ts'
import { openFhirPortal } from '../adapters/portal/fhir/fhir-portal.ts'
import { openFileDrop } from '../adapters/portal/file-drop.ts'
import { withBreaker, withDryRun, withSwitch } from '../adapters/portal/guards.ts'
import { openRestPortal } from '../adapters/portal/rest-portal.ts'
import type { Connector } from '../services/connector-port.ts'
import type { MeshSettings, PortalSettings } from './portal-settings.ts'

/** The connector that is set up, with its guards. Throws, naming the setting, where a file cannot be used. */
export async function openPortal(settings: PortalSettings): Promise<{
  readonly connector: Connector
  readonly close: () => Promise<void>
}> {
  const connection = await connectionOf(settings)
  const token = await tokensOf(settings, connection)
  const { url, timeoutMs, fhir } = settings
  const portal =
    fhir === null
      ? openRestPortal({ url, token, timeoutMs, connection })
      : openFhirPortal({ url, token, timeoutMs, connection, address: fhir })
  const calm = withBreaker(portal, { now: () => performance.now() })
  const careful = settings.sending === 'dry-run' ? withDryRun(calm) : calm
  const connector = withSwitch(careful, () => stoppedBecause(settings))
  return { connector, close: () => connection.close() }
}

/** Drops for a MESH client; a dry run drops nothing. */
export function openMesh(settings: MeshSettings): Connector {
  const drop = openFileDrop(settings)
  const careful = settings.sending === 'dry-run' ? withDryRun(drop) : drop
  return withSwitch(careful, () => stoppedBecause(settings))
}

async function stoppedBecause({
  sending,
  stopFile,
}: Pick<PortalSettings, 'sending' | 'stopFile'>): Promise<string | null> {
  if (sending === 'off') return 'Sending is switched off: PORTAL_SENDING is off.'
  const isThere = await access(stopFile).then(
    () => true,
    // What cannot be looked at counts as there: a switch that is in doubt stops.
    (error: unknown) => !(error instanceof Error && 'code' in error && error.code === 'ENOENT'),
  )
  return isThere ? `Sending is switched off: remove the file ${stopFile} to send again.` : null
}

async function connectionOf({ tls, proxy }: PortalSettings): Promise<Connection> {
  const cert = await contentOf('PORTAL_CLIENT_CERT_FILE', tls.certFile)
  const key = await contentOf('PORTAL_CLIENT_CERT_KEY_FILE', tls.keyFile)
  return openConnection({
    ca: await contentOf('PORTAL_CA_FILE', tls.caFile),
    crl: await contentOf('PORTAL_CRL_FILE', tls.crlFile),
    certificate: cert === undefined || key === undefined ? undefined : { cert, key },
    proxy,
  })
}

async function tokensOf(settings: PortalSettings, { dispatcher }: Connection): Promise<AccessTokens> {
  const { client } = settings
  const token = settings.token ?? (await contentOf('PORTAL_TOKEN_FILE', settings.tokenFile))?.trim()
  if (token !== undefined) return fixedToken(token)
  if (client === null) throw new Error('PORTAL_TOKEN was not checked before the start')
  const { tokenUrl, id: clientId, scope, resource } = client
  return clientCredentials({ tokenUrl, clientId, scope, resource, dispatcher, proof: await proofOf(client) })
}

async function proofOf(client: NonNullable<PortalSettings['client']>): Promise<ClientProof> {
  const secret = (await contentOf('PORTAL_CLIENT_SECRET_FILE', client.secretFile))?.trim()
  if (secret !== undefined) return { kind: 'secret', secret }
  const pem = await contentOf('PORTAL_CLIENT_KEY_FILE', client.keyFile)
  if (pem === undefined) throw new Error('PORTAL_CLIENT_KEY_FILE was not checked before the start')
  return { kind: 'private-key', pem, keyId: client.keyId, audience: client.audience }
}

async function contentOf(setting: string, path: string | null): Promise<string | undefined> {
  if (path === null) return undefined
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new Error(`${setting} names a file that cannot be read`, { cause })
  }
}
