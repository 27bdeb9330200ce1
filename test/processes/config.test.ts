import { expect, test } from 'vitest'
import { readSettings } from '../../src/processes/config.ts'

const secrets = {
  WREN_INTAKE_TOKEN: 'i'.repeat(32),
  WREN_SESSION_KEY: 's'.repeat(32),
  WREN_IDENTIFIER_KEY: 'k'.repeat(32),
}

function settingsOf(env: Record<string, string>) {
  const read = readSettings(env)
  if ('problems' in read) throw new Error(read.problems.join('; '))
  return read.settings
}

function problemsOf(env: Record<string, string>): readonly string[] {
  const read = readSettings(env)
  return 'problems' in read ? read.problems : []
}

test('an empty environment is the embedded default on this machine only', () => {
  const settings = settingsOf({})
  expect(settings.databaseUrl).toBeNull()
  expect(settings.kafka).toBeNull()
  expect(settings.portal).toBeNull()
  expect(settings.host).toBe('127.0.0.1')
  expect(settings.ports).toEqual({ web: 8080, intake: 8081, metrics: 8082 })
  expect(settings.cohort).toEqual({ from: 0, to: 17 })
})

test('an empty value counts as not set, as Compose files write it', () => {
  expect(settingsOf({ DATABASE_URL: '', KAFKA_BROKERS: '' }).databaseUrl).toBeNull()
})

test('brokers and topics are lists with commas', () => {
  const settings = settingsOf({ KAFKA_BROKERS: 'a:9092, b:9092', KAFKA_ATTENDANCE_TOPICS: 'ed,miu' })
  expect(settings.kafka).toMatchObject({ brokers: ['a:9092', 'b:9092'], topics: ['ed', 'miu'] })
})

test('a topic may name the format of its messages', () => {
  const settings = settingsOf({ KAFKA_BROKERS: 'a:9092', KAFKA_ATTENDANCE_TOPICS: 'attendances, adt:hl7v2' })
  expect(settings.kafka).toMatchObject({
    topics: ['attendances', 'adt'],
    topicFormats: new Map([['adt', 'hl7v2']]),
  })
})

test('a topic that is read by a mapping may name it', () => {
  const KAFKA_ATTENDANCE_TOPICS = 'a:json-mapped:ed-engine, b:csv'
  const settings = settingsOf({
    KAFKA_BROKERS: 'a:9092',
    KAFKA_ATTENDANCE_TOPICS,
    WREN_MAPPINGS: 'a.yaml, b.yaml',
  })
  expect(settings.mappings).toEqual(['a.yaml', 'b.yaml'])
  expect(settings.kafka?.topicFormats).toEqual(
    new Map([
      ['a', 'json-mapped'],
      ['b', 'csv'],
    ]),
  )
  expect(settings.kafka?.topicMappings).toEqual(
    new Map([
      ['a', 'ed-engine'],
      ['b', null],
    ]),
  )
})

test.each(['a:hl7', 'a:fhir:ed-engine', 'a:csv:', ':csv', 'a:csv:x:y'])(
  '"%s" is no list of topics',
  topics => {
    expect(problemsOf({ KAFKA_BROKERS: 'a:9092', KAFKA_ATTENDANCE_TOPICS: topics })).toEqual([
      expect.stringContaining('such as attendances,adt:hl7v2,engine:json-mapped:ed-engine'),
    ])
  },
)

test('MLLP is off unless it has a port, and then takes messages of real care only', () => {
  expect(settingsOf({}).mllp).toBeNull()
  expect(settingsOf({ WREN_MLLP_PORT: '2575' }).mllp).toEqual({
    port: 2575,
    tls: null,
    processing: new Set(['P']),
  })
})

test('fields of local segments are named one by one', () => {
  expect(settingsOf({ WREN_HL7_TEXT_FIELDS: 'ZTN-3, ZSG-12' }).hl7TextFields).toEqual([
    { segment: 'ZTN', field: 3 },
    { segment: 'ZSG', field: 12 },
  ])
})

test.each([
  ['a certificate without its key', { WREN_MLLP_TLS_CERT: 'cert.pem' }, 'WREN_MLLP_TLS_KEY'],
  ['an authority without a certificate', { WREN_MLLP_TLS_CA: 'ca.pem' }, 'WREN_MLLP_TLS_CERT'],
  ['a segment that is not local', { WREN_HL7_TEXT_FIELDS: 'PID-5' }, 'WREN_HL7_TEXT_FIELDS'],
  ['a kind of processing that is none', { WREN_MLLP_PROCESSING: 'X' }, 'WREN_MLLP_PROCESSING'],
  ['a topic of an unknown format', { KAFKA_ATTENDANCE_TOPICS: 'adt:hl7' }, 'KAFKA_ATTENDANCE_TOPICS'],
  ['a port in words', { WREN_WEB_PORT: 'eighty' }, 'WREN_WEB_PORT'],
  ['a port out of range', { WREN_INTAKE_PORT: '70000' }, 'WREN_INTAKE_PORT'],
  ['a time with its unit', { PORTAL_TIMEOUT_MS: '5s' }, 'PORTAL_TIMEOUT_MS'],
  ['an address of another kind', { DATABASE_URL: 'mysql://x', ...secrets }, 'DATABASE_URL'],
  ['a short secret', { WREN_SESSION_KEY: 'short' }, 'WREN_SESSION_KEY'],
  ['a portal without its token', { PORTAL_URL: 'https://portal.example' }, 'PORTAL_TOKEN'],
  ['a database of one’s own without secrets', { DATABASE_URL: 'postgres://u@h/d' }, 'WREN_IDENTIFIER_KEY'],
])('%s is a problem that names the setting', (_what, env, name) => {
  expect(problemsOf(env).join('\n')).toContain(name)
})

test('no problem repeats a value, since a value may be a secret', () => {
  const problems = problemsOf({
    WREN_SESSION_KEY: 'hunter2',
    DATABASE_URL: 'hunter2',
    PORTAL_TIMEOUT_MS: 'hunter2',
  })
  expect(problems).toHaveLength(3)
  expect(problems.join('\n')).not.toContain('hunter2')
})

test.each([
  ['without it', {}, 5],
  ['turned off', { WREN_SECOND_READINGS: '0' }, 0],
  ['a careful site', { WREN_SECOND_READINGS: '12' }, 12],
])('how many set-aside attendances of a day are read again: %s', (_reason, env, expected) => {
  expect(settingsOf(env).secondReadings).toBe(expected)
})

test.each(['-1', '51', '2.5', 'none'])('WREN_SECOND_READINGS=%s is a problem, in words', size => {
  expect(problemsOf({ WREN_SECOND_READINGS: size })).toEqual([
    'WREN_SECOND_READINGS cannot be used: expected a whole number of attendances a day from 0 to 50, such as 5; 0 turns it off',
  ])
})
