import { z } from 'zod'
import { defaultRepeatRule } from '../review/repeat-attendance.ts'
import { sampleSizeDefault } from '../review/second-reading.ts'
import { formatsByTopic, list, textFields, topicList, topicListForm } from './feed-settings.ts'
import {
  callBackSettingsOf,
  meshSettingsOf,
  portalEnvironment,
  portalExpected,
  portalProblems,
  portalSettingsOf,
} from './portal-settings.ts'

/** What a process may be asked to do. Without Kafka, `intake` screens what it receives by itself. */
export const roles = ['web', 'intake', 'scanner', 'projector', 'forwarder'] as const
export type ProcessRole = (typeof roles)[number]

const port = z.coerce.number().int().min(1).max(65_535)
const secret = z.string().min(32)
/** Each setting, as an environment name. docs/operations.md lists them for people. */
const Environment = z.object({
  WREN_HOST: z.string().default('127.0.0.1'),
  WREN_WEB_PORT: port.default(8080),
  WREN_INTAKE_PORT: port.default(8081),
  WREN_METRICS_PORT: port.default(8082),
  WREN_MLLP_PORT: port.optional(),
  WREN_MLLP_TLS_CERT: z.string().optional(),
  WREN_MLLP_TLS_KEY: z.string().optional(),
  WREN_MLLP_TLS_CA: z.string().optional(),
  WREN_MLLP_PROCESSING: z
    .string()
    .regex(/^[PTD](,[PTD]){0,2}$/)
    .default('P'),
  WREN_HL7_TEXT_FIELDS: textFields.prefault(''),
  WREN_FOLDER: z.string().optional(),
  WREN_FOLDER_MAPPING: z.string().optional(),
  WREN_MAPPINGS: list.prefault(''),
  WREN_TRUST: z
    .string()
    .regex(/^[A-Z0-9]{3,5}$/)
    .default('RWP'),
  WREN_RULES: z.string().default('rules'),
  WREN_PARTNERSHIP: z.string().default('partnership'),
  WREN_DATA: z.string().default('wren-data'),
  WREN_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  WREN_COHORT_TO_AGE: z.coerce.number().int().min(17).max(25).default(17),
  WREN_SECURE_COOKIES: z.enum(['yes', 'no']).default('no'),
  WREN_REFERRAL_PHONE: z.string().optional(),
  WREN_DRAFT_DAYS: z.coerce.number().int().min(1).max(365).default(30),
  WREN_SECOND_READINGS: z.coerce.number().int().min(0).max(50).default(sampleSizeDefault),
  WREN_MARKING: z.string().min(3).max(80).default('OFFICIAL-SENSITIVE – safeguarding. Do not copy.'),
  WREN_COMMIT: z.string().optional(),
  WREN_INTAKE_TOKEN: secret.optional(),
  WREN_SESSION_KEY: secret.optional(),
  WREN_IDENTIFIER_KEY: secret.optional(),
  WREN_REPEAT_MORE_THAN: z.coerce.number().int().min(1).max(50).default(defaultRepeatRule.moreThan),
  WREN_REPEAT_MONTHS: z.coerce.number().int().min(1).max(24).default(defaultRepeatRule.months),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  KAFKA_BROKERS: list.optional(),
  KAFKA_ATTENDANCE_TOPICS: topicList.prefault('attendances'),
  KAFKA_PREFIX: z
    .string()
    .regex(/^[a-z0-9._-]{1,100}$/)
    .default('wren'),
  KAFKA_PARTITIONS: z.coerce.number().int().min(1).max(1_000).default(3),
  KAFKA_CREATE_TOPICS: z.enum(['yes', 'no']).default('yes'),
  KAFKA_SESSION_TIMEOUT_MS: z.coerce.number().int().min(6_000).max(1_800_000).default(45_000),
  KAFKA_REPLICATION: z.coerce.number().int().min(1).max(9).default(1),
  ...portalEnvironment,
})

const expected: Readonly<Record<string, string>> = {
  WREN_MLLP_PROCESSING: 'the values of MSH-11 that are taken: P, T or D, separated by commas',
  WREN_HL7_TEXT_FIELDS: 'fields of local segments that hold free text, such as ZTN-3,ZSG-5',
  WREN_TRUST: "the trust's ODS code, such as RWP",
  WREN_INTAKE_TOKEN: '32 characters or more, such as the output of "openssl rand -hex 32"',
  WREN_SESSION_KEY: '32 characters or more, such as the output of "openssl rand -hex 32"',
  WREN_IDENTIFIER_KEY: '32 characters or more, such as the output of "openssl rand -hex 32"',
  WREN_LOG_LEVEL: 'trace, debug, info, warn, error or fatal',
  WREN_SECURE_COOKIES: 'yes or no',
  WREN_MARKING: '3 to 80 characters, such as NHS CONFIDENTIAL',
  KAFKA_ATTENDANCE_TOPICS: topicListForm,
  KAFKA_CREATE_TOPICS: 'yes or no',
  KAFKA_SESSION_TIMEOUT_MS: 'whole milliseconds from 6000 to 1800000, such as 45000',
  KAFKA_PREFIX: 'small letters, digits, dots and dashes, such as wren',
  WREN_DRAFT_DAYS: 'whole days from 1 to 365, such as 30',
  WREN_SECOND_READINGS: 'a whole number of attendances a day from 0 to 50, such as 5; 0 turns it off',
  WREN_COHORT_TO_AGE: 'a whole number of years from 17 to 25',
  WREN_REPEAT_MORE_THAN: 'a whole number of attendances from 1 to 50, such as 3',
  WREN_REPEAT_MONTHS: 'a whole number of months from 1 to 24, such as 6',
  DATABASE_URL: 'an address such as postgres://wren:password@localhost:5432/wren',
  ...portalExpected,
}

export type Settings = ReturnType<typeof settingsOf>

/**
 * The settings that an environment holds, or one sentence a problem: the name, what is expected, never the
 * value, since a value may be a secret.
 */
export function readSettings(
  env: NodeJS.ProcessEnv,
): { settings: Settings } | { problems: readonly string[] } {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(present)
  if (!parsed.success) return { problems: parsed.error.issues.map(problemOf) }
  const { DATABASE_URL, WREN_SESSION_KEY, WREN_IDENTIFIER_KEY, WREN_INTAKE_TOKEN } = parsed.data
  const problems = portalProblems(parsed.data)
  if (problems.length > 0) return { problems }
  const { WREN_MLLP_TLS_CERT, WREN_MLLP_TLS_KEY, WREN_MLLP_TLS_CA } = parsed.data
  if ((WREN_MLLP_TLS_CERT === undefined) !== (WREN_MLLP_TLS_KEY === undefined)) {
    return { problems: ['WREN_MLLP_TLS_CERT and WREN_MLLP_TLS_KEY belong together: set both, or neither'] }
  }
  if (WREN_MLLP_TLS_CA !== undefined && WREN_MLLP_TLS_CERT === undefined) {
    return {
      problems: ['WREN_MLLP_TLS_CA asks senders for certificates: set WREN_MLLP_TLS_CERT and _KEY too'],
    }
  }
  if ((parsed.data.WREN_FOLDER === undefined) !== (parsed.data.WREN_FOLDER_MAPPING === undefined)) {
    return { problems: ['WREN_FOLDER and WREN_FOLDER_MAPPING belong together: set both, or neither'] }
  }
  if (DATABASE_URL === undefined) return { settings: settingsOf(parsed.data) }
  const missing = Object.entries({ WREN_SESSION_KEY, WREN_IDENTIFIER_KEY, WREN_INTAKE_TOKEN })
    .filter(([, value]) => value === undefined)
    .map(([name]) => `${name} is not set: with DATABASE_URL it is required; expected ${expected[name]}`)
  return missing.length > 0 ? { problems: missing } : { settings: settingsOf(parsed.data) }
}

function settingsOf(env: z.infer<typeof Environment>) {
  return {
    host: env.WREN_HOST,
    ports: { web: env.WREN_WEB_PORT, intake: env.WREN_INTAKE_PORT, metrics: env.WREN_METRICS_PORT },
    mllp:
      env.WREN_MLLP_PORT === undefined
        ? null
        : {
            port: env.WREN_MLLP_PORT,
            tls: tlsFilesOf(env),
            processing: new Set(env.WREN_MLLP_PROCESSING.split(',')),
          },
    hl7TextFields: env.WREN_HL7_TEXT_FIELDS,
    /** Extracts are dropped there, and read by a mapping. */
    folder:
      env.WREN_FOLDER === undefined || env.WREN_FOLDER_MAPPING === undefined
        ? null
        : { path: env.WREN_FOLDER, mapping: env.WREN_FOLDER_MAPPING },
    /** Files that say how extracts and engines' JSON are read, for HTTP, Kafka and what is read again. */
    mappings: env.WREN_MAPPINGS,
    trust: env.WREN_TRUST,
    cohort: { from: 0, to: env.WREN_COHORT_TO_AGE },
    rulesFolder: env.WREN_RULES,
    partnershipFolder: env.WREN_PARTNERSHIP,
    dataFolder: env.WREN_DATA,
    logLevel: env.WREN_LOG_LEVEL,
    secureCookies: env.WREN_SECURE_COOKIES === 'yes',
    referralPhone: env.WREN_REFERRAL_PHONE ?? null,
    /** Drafts that nobody has touched for so long are discarded. */
    draftDays: env.WREN_DRAFT_DAYS,
    /** How many set-aside attendances of each day are read again; 0 where none is. */
    secondReadings: env.WREN_SECOND_READINGS,
    marking: env.WREN_MARKING,
    /** Of the checkout from which an image was made. */
    commit: env.WREN_COMMIT ?? null,
    /** Where one is not set, the embedded default makes and keeps it in the data folder. */
    secrets: {
      intakeToken: env.WREN_INTAKE_TOKEN ?? null,
      sessionKey: env.WREN_SESSION_KEY ?? null,
      identifierKey: env.WREN_IDENTIFIER_KEY ?? null,
    },
    databaseUrl: env.DATABASE_URL ?? null,
    repeatRule: { moreThan: env.WREN_REPEAT_MORE_THAN, months: env.WREN_REPEAT_MONTHS },
    kafka:
      env.KAFKA_BROKERS === undefined
        ? null
        : {
            brokers: env.KAFKA_BROKERS,
            topics: env.KAFKA_ATTENDANCE_TOPICS.map(({ topic }) => topic),
            topicFormats: formatsByTopic(env.KAFKA_ATTENDANCE_TOPICS),
            /** The mapping of a topic, by name. */
            topicMappings: new Map(env.KAFKA_ATTENDANCE_TOPICS.map(({ topic, mapping }) => [topic, mapping])),
            /** Wren's own topics and groups begin with it: `wren.flags.v1`, `wren.scanner`. */
            prefix: env.KAFKA_PREFIX,
            partitions: env.KAFKA_PARTITIONS,
            replication: env.KAFKA_REPLICATION,
            /** A consumer that is silent for this long loses its partitions to the others. */
            sessionTimeoutMs: env.KAFKA_SESSION_TIMEOUT_MS,
            createTopics: env.KAFKA_CREATE_TOPICS === 'yes',
          },
    portal: portalSettingsOf(env, { dataFolder: env.WREN_DATA, trust: env.WREN_TRUST }),
    mesh: meshSettingsOf(env, env.WREN_DATA),
    callBacks: callBackSettingsOf(env),
    /** A receiver that has told nothing for so long is not asked any more. */
    askDays: env.PORTAL_ASK_DAYS,
  } as const
}

/** Names of the files; with `ca`, only senders with a certificate of it may send. */
function tlsFilesOf(env: z.infer<typeof Environment>) {
  const { WREN_MLLP_TLS_CERT: cert, WREN_MLLP_TLS_KEY: key, WREN_MLLP_TLS_CA: ca = null } = env
  return cert === undefined || key === undefined ? null : { cert, key, ca }
}

function problemOf(issue: z.core.$ZodIssue): string {
  const name = String(issue.path[0])
  return `${name} cannot be used: expected ${expected[name] ?? (name.endsWith('PORT') ? 'a port from 1 to 65535, such as 8080' : issue.message)}`
}
