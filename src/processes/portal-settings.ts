import { z } from 'zod'
import type { MessageAddress } from '../adapters/portal/fhir/message-bundle.ts'
import { sendingModes } from '../adapters/portal/guards.ts'

const file = z.string().min(1).optional()
/** As it stands in a control file: nothing that XML would read as its own. */
const mailbox = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,100}$/)
  .optional()
const text = z.string().min(1).optional()
/** system|value, such as https://fhir.nhs.uk/Id/dos-service-id|2000099999: it travels in a header, as ASCII. */
const fhirIdentifier = z
  .string()
  .regex(/^(https?:\/\/|urn:)[\x21-\x7b\x7d\x7e]{1,200}\|[\w.:-]{1,100}$/)
  .optional()
/** Two codes, of a use case and of a category. */
const fhirCodes = z
  .string()
  .regex(/^[\w.-]{1,50}\|[\w.-]{1,50}$/)
  .optional()

/** What is set of the portal, as environment names. docs/portal-api.md says what each is for. */
export const portalEnvironment = {
  PORTAL_URL: z.url({ protocol: /^https?$/ }).optional(),
  PORTAL_KIND: z.enum(['rest', 'fhir']).default('rest'),
  PORTAL_TOKEN: text,
  PORTAL_TOKEN_FILE: file,
  PORTAL_TIMEOUT_MS: z.coerce.number().int().min(100).max(50_000).default(20_000),
  PORTAL_TOKEN_URL: z.url({ protocol: /^https?$/ }).optional(),
  PORTAL_CLIENT_ID: text,
  PORTAL_CLIENT_SECRET_FILE: file,
  PORTAL_CLIENT_KEY_FILE: file,
  PORTAL_CLIENT_KEY_ID: text,
  PORTAL_TOKEN_AUDIENCE: text,
  PORTAL_TOKEN_RESOURCE: text,
  PORTAL_TOKEN_SCOPE: text,
  PORTAL_CA_FILE: file,
  PORTAL_CRL_FILE: file,
  PORTAL_CLIENT_CERT_FILE: file,
  PORTAL_CLIENT_CERT_KEY_FILE: file,
  PORTAL_PROXY: z.url({ protocol: /^https?$/ }).optional(),
  PORTAL_SENDING: z.enum(sendingModes).default('on'),
  PORTAL_STOP_FILE: file,
  PORTAL_ASK_DAYS: z.coerce.number().int().min(1).max(365).default(30),
  PORTAL_CALLBACK_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  PORTAL_CALLBACK_SECRET_FILE: file,
  FHIR_TO: fhirIdentifier,
  FHIR_USE_CONTEXT: fhirCodes,
  MESH_OUT_FOLDER: file,
  MESH_SENT_FOLDER: file,
  MESH_FROM: mailbox,
  MESH_TO: mailbox,
  MESH_WORKFLOW: mailbox,
}

export const portalExpected: Readonly<Record<string, string>> = {
  PORTAL_URL: 'an address such as https://portal.example/referrals',
  PORTAL_KIND: 'rest or fhir',
  FHIR_TO: 'a system and a value, such as https://fhir.nhs.uk/Id/dos-service-id|2000099999',
  FHIR_USE_CONTEXT: 'the receiver’s codes of use case and category, such as a4t2|validation',
  PORTAL_TIMEOUT_MS: 'whole milliseconds from 100 to 50000, such as 20000',
  PORTAL_TOKEN_URL: 'an address such as https://login.portal.example/token',
  PORTAL_PROXY: 'an address such as http://proxy.hospital.example:3128',
  PORTAL_SENDING: 'on, dry-run or off',
  PORTAL_ASK_DAYS: 'whole days from 1 to 365, such as 30',
  PORTAL_CALLBACK_PORT: 'a port from 1 to 65535, such as 8084',
}

type PortalEnvironment = z.infer<z.ZodObject<typeof portalEnvironment>>

/** What does not go together, one sentence each. */
export function portalProblems(env: PortalEnvironment): readonly string[] {
  const problems: string[] = []
  const ways = [env.PORTAL_TOKEN, env.PORTAL_TOKEN_FILE, env.PORTAL_TOKEN_URL].filter(isSet).length
  if (isSet(env.PORTAL_URL) ? ways !== 1 : ways > 0) {
    problems.push(
      'PORTAL_URL and PORTAL_TOKEN belong together: set both, or neither; PORTAL_TOKEN_FILE or PORTAL_TOKEN_URL may stand in for PORTAL_TOKEN, one of the three',
    )
  }
  const proofs = [env.PORTAL_CLIENT_SECRET_FILE, env.PORTAL_CLIENT_KEY_FILE].filter(isSet).length
  const isClient = isSet(env.PORTAL_CLIENT_ID) && proofs === 1
  if (isSet(env.PORTAL_TOKEN_URL) && !isClient) {
    problems.push(
      'PORTAL_TOKEN_URL needs PORTAL_CLIENT_ID and one of PORTAL_CLIENT_SECRET_FILE and PORTAL_CLIENT_KEY_FILE',
    )
  }
  if (
    isSet(env.PORTAL_TOKEN_URL) &&
    !/^(https:|http:\/\/127\.0\.0\.1[:/])/.test(env.PORTAL_TOKEN_URL ?? '')
  ) {
    problems.push('PORTAL_TOKEN_URL must begin with https: our secret travels there')
  }
  if (isSet(env.PORTAL_CLIENT_CERT_FILE) !== isSet(env.PORTAL_CLIENT_CERT_KEY_FILE)) {
    problems.push(
      'PORTAL_CLIENT_CERT_FILE and PORTAL_CLIENT_CERT_KEY_FILE belong together: set both, or neither',
    )
  }
  if (isSet(env.PORTAL_CALLBACK_SECRET_FILE) !== (env.PORTAL_CALLBACK_PORT !== undefined)) {
    problems.push(
      'PORTAL_CALLBACK_PORT and PORTAL_CALLBACK_SECRET_FILE belong together: set both, or neither',
    )
  }
  if ((env.PORTAL_KIND === 'fhir') !== isSet(env.FHIR_TO) || (isSet(env.FHIR_TO) && !isSet(env.PORTAL_URL))) {
    problems.push(
      'FHIR_TO and PORTAL_KIND=fhir belong together, with PORTAL_URL as the base address: set all, or none',
    )
  }
  if (isSet(env.FHIR_USE_CONTEXT) && !isSet(env.FHIR_TO)) {
    problems.push('FHIR_USE_CONTEXT belongs to PORTAL_KIND=fhir: take it away, or set both')
  }
  const mesh = [env.MESH_OUT_FOLDER, env.MESH_SENT_FOLDER, env.MESH_FROM, env.MESH_TO, env.MESH_WORKFLOW]
  if (mesh.some(isSet) && !mesh.every(isSet)) {
    problems.push(
      'MESH_OUT_FOLDER, MESH_SENT_FOLDER, MESH_FROM, MESH_TO and MESH_WORKFLOW belong together: set all, or none',
    )
  }
  if (isSet(env.MESH_OUT_FOLDER) && isSet(env.PORTAL_URL)) {
    problems.push('MESH_OUT_FOLDER and PORTAL_URL are two ways to the same receiver: set one')
  }
  return problems
}

/** Null unless referrals are dropped for a MESH client. */
export function meshSettingsOf(env: PortalEnvironment, dataFolder: string) {
  const { MESH_OUT_FOLDER, MESH_SENT_FOLDER, MESH_FROM, MESH_TO, MESH_WORKFLOW } = env
  const { PORTAL_SENDING: sending, PORTAL_STOP_FILE: stopFile = `${dataFolder}/stop-sending` } = env
  if (!MESH_OUT_FOLDER || !MESH_SENT_FOLDER || !MESH_FROM || !MESH_TO || !MESH_WORKFLOW) return null
  return {
    sending,
    stopFile,
    outFolder: MESH_OUT_FOLDER,
    sentFolder: MESH_SENT_FOLDER,
    markFolder: `${dataFolder}/dropped`,
    fromMailbox: MESH_FROM,
    toMailbox: MESH_TO,
    workflowId: MESH_WORKFLOW,
  }
}

/** Null where no portal may call back. */
export function callBackSettingsOf({
  PORTAL_CALLBACK_PORT: port,
  PORTAL_CALLBACK_SECRET_FILE: secretFile,
}: PortalEnvironment) {
  return port === undefined || secretFile === undefined ? null : { port, secretFile }
}

export type CallBackSettings = NonNullable<ReturnType<typeof callBackSettingsOf>>
export type MeshSettings = NonNullable<ReturnType<typeof meshSettingsOf>>
export type PortalSettings = NonNullable<ReturnType<typeof portalSettingsOf>>

/** Null where referrals are entered by hand. Secrets stand as the names of their files. */
export function portalSettingsOf(
  env: PortalEnvironment,
  { dataFolder, trust }: { readonly dataFolder: string; readonly trust: string },
) {
  if (env.PORTAL_URL === undefined) return null
  return {
    url: env.PORTAL_URL,
    /** Null where referrals go as plain JSON. */
    fhir: fhirAddressOf(env, trust),
    token: env.PORTAL_TOKEN ?? null,
    tokenFile: env.PORTAL_TOKEN_FILE ?? null,
    timeoutMs: env.PORTAL_TIMEOUT_MS,
    client:
      env.PORTAL_TOKEN_URL === undefined || env.PORTAL_CLIENT_ID === undefined
        ? null
        : {
            tokenUrl: env.PORTAL_TOKEN_URL,
            id: env.PORTAL_CLIENT_ID,
            secretFile: env.PORTAL_CLIENT_SECRET_FILE ?? null,
            keyFile: env.PORTAL_CLIENT_KEY_FILE ?? null,
            keyId: env.PORTAL_CLIENT_KEY_ID,
            audience: env.PORTAL_TOKEN_AUDIENCE,
            resource: env.PORTAL_TOKEN_RESOURCE,
            scope: env.PORTAL_TOKEN_SCOPE,
          },
    tls: {
      caFile: env.PORTAL_CA_FILE ?? null,
      crlFile: env.PORTAL_CRL_FILE ?? null,
      certFile: env.PORTAL_CLIENT_CERT_FILE ?? null,
      keyFile: env.PORTAL_CLIENT_CERT_KEY_FILE ?? null,
    },
    proxy: env.PORTAL_PROXY,
    sending: env.PORTAL_SENDING,
    /** While this file is there, nothing is sent. */
    stopFile: env.PORTAL_STOP_FILE ?? `${dataFolder}/stop-sending`,
  }
}

function fhirAddressOf(
  { FHIR_TO, FHIR_USE_CONTEXT }: PortalEnvironment,
  trust: string,
): MessageAddress | null {
  if (FHIR_TO === undefined) return null
  const [system = '', value = ''] = FHIR_TO.split('|')
  const [useCase = '', category = ''] = FHIR_USE_CONTEXT?.split('|') ?? []
  return {
    to: { system, value },
    from: trust,
    useContext: FHIR_USE_CONTEXT === undefined ? null : { useCase, category },
  }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined
}
