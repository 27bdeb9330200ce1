import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { brokersOf, kafkaForTests, titleWith } from '../world/kafka.ts'
import { openKafkaTopics } from '../world/kafka-topics.ts'
import { makeNhsNumber } from '../world/make-attendance.ts'
import { nurse, type RunningWren, startRunningWren } from '../world/running-wren.ts'

/** A name, an NHS number and a word of a note that occur nowhere else: wherever they turn up, Wren has leaked. */
const canary = { name: 'Quillfeather', nhsNumber: makeNhsNumber(8_123_457), word: 'zumbaraq' }
const secrets = new RegExp([canary.name, canary.word, ...spellings(canary.nhsNumber)].join('|'), 'i')

const good = {
  wren: 1,
  source: 'ed-worcester',
  attendanceId: 'W990017',
  arrivedAt: '2026-11-20T22:41:00Z',
  patient: { family: canary.name, given: canary.name, birthDate: '2012-03-04', nhsNumber: canary.nhsNumber },
  notes: [{ section: 'triage', text: `Stabbed in thigh by ${canary.word}, denies OD` }],
}

/** Good and bad messages, the canary in each of them where a careless program would print it. */
const messages: readonly (readonly [string, string])[] = [
  ['a child to flag', JSON.stringify(good)],
  ['the same message again', JSON.stringify(good)],
  [
    'a clear attendance',
    JSON.stringify({ ...good, attendanceId: 'W990018', notes: [{ section: 'triage', text: canary.word }] }),
  ],
  ['an unknown key that is a name', JSON.stringify({ ...good, [canary.name]: 1 })],
  ['a date that is a name', JSON.stringify({ ...good, arrivedAt: canary.name })],
  ['a section of the wrong type', JSON.stringify({ ...good, notes: canary.word })],
  [
    'a number that fails its check',
    JSON.stringify({
      ...good,
      attendanceId: 'W990019',
      patient: { ...good.patient, nhsNumber: `${canary.nhsNumber.slice(0, 9)}X` },
    }),
  ],
  ['a key twice', `{"wren":1,"${canary.name}":1,"${canary.name}":2}`],
  ['JSON that breaks off', `{"wren":1,"source":"${canary.name}`],
  ['no JSON', `${canary.name} ${canary.nhsNumber} ${canary.word}`],
  ['an attendance id that is a name', JSON.stringify({ ...good, attendanceId: `\u0000${canary.name}` })],
]

const kafka = await kafkaForTests()

describe.skipIf('missing' in kafka)(titleWith(kafka, 'a name, an NHS number and a word of a note'), () => {
  test('are on the nurse’s page, and in no log line, metric, error page, answer or Kafka key', async () => {
    await using topics = await openKafkaTopics(brokersOf(kafka))
    await topics.makeInput()
    const prefix = `canary-${randomBytes(4).toString('hex')}`
    await using wren = await startRunningWren({
      KAFKA_BROKERS: brokersOf(kafka).join(','),
      KAFKA_ATTENDANCE_TOPICS: topics.input,
      KAFKA_PREFIX: prefix,
    })
    const answers = await Promise.all(messages.map(([, body]) => post(wren, body)))
    await topics.send(messages.map(([, value]) => ({ value })))
    await untilCounted(wren, messages.length * 2)

    const visitor = await signIn(wren)
    const queue = await visitor('/')
    expect(queue, 'the canary went through').toContain(canary.name)
    const flag = /href="(\/flags\/[0-9a-f]+)"/.exec(queue)?.[1] ?? 'no flag'
    expect(await visitor(flag), 'and its words were read').toContain(canary.word)

    const refused = await Promise.all([
      visitor(`/flags/${canary.name}`),
      visitor(`/rules/${canary.name}`),
      visitor(`/?tab=${canary.name}&page=${canary.nhsNumber}`).then(page => withoutRows(page)),
      visitor(`${flag}/decision`, { reason: canary.word }), // without the form's token
      fetch(`${wren.webUrl}/sign-in?name=${canary.name}`).then(answer => answer.text()),
      fetch(`${wren.intakeUrl}/${canary.name}`).then(answer => answer.text()),
      fetch(`${wren.metricsUrl}/${canary.name}`).then(answer => answer.text()),
    ])
    const metrics = await fetch(`${wren.metricsUrl}/metrics`).then(answer => answer.text())
    const keys = await Promise.all(
      ['flags.v1', 'screened.v1', 'dead-letters.v1'].map(name => topics.read(`${prefix}.${name}`)),
    )
    await wren.stop()

    for (const answer of answers) expect(answer).not.toMatch(secrets)
    for (const page of refused) expect(page).not.toMatch(secrets)
    expect(metrics).not.toMatch(secrets)
    expect(keys.flat().length).toBeGreaterThan(messages.length)
    for (const { key, headers } of keys.flat()) expect(JSON.stringify([key, headers])).not.toMatch(secrets)
    expect(wren.output().split('\n').length, 'there is a log').toBeGreaterThan(3)
    expect(
      wren
        .output()
        .split('\n')
        .filter(line => secrets.test(line)),
    ).toEqual([])
  })
})

test('the search finds each secret where it is', () => {
  const shown = `${canary.nhsNumber.slice(0, 3)} ${canary.nhsNumber.slice(3, 6)} ${canary.nhsNumber.slice(6)}`
  for (const leak of [canary.name.toLowerCase(), canary.nhsNumber, shown, canary.word])
    expect(`a ${leak} b`).toMatch(secrets)
})

function spellings(nhsNumber: string): string[] {
  return [nhsNumber, nhsNumber.replace(/^(...)(...)/, '$1[ -]$2[ -]')]
}

async function post({ intakeUrl, intakeToken }: RunningWren, body: string): Promise<string> {
  const answer = await fetch(`${intakeUrl}/attendances`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${intakeToken}` },
    body,
  })
  return `${JSON.stringify([...answer.headers])} ${await answer.text()}`
}

/** Until every message has its outcome in the ledger. */
async function untilCounted({ database }: RunningWren, count: number): Promise<void> {
  const client = await database.connect()
  const Count = z.object({ received: z.coerce.number() })
  for (;;) {
    const { rows } = await client.query('select count(*) as received from receipt')
    if (Count.parse(rows[0]).received >= count) return
    await sleep(200)
  }
}

type Visit = (path: string, form?: Record<string, string>) => Promise<string>

/** A browser that keeps its cookie, follows where it is sent, and shows what it was answered. */
async function signIn({ webUrl }: RunningWren): Promise<Visit> {
  let cookie = ''
  const ask = async (path: string, form?: Record<string, string>): Promise<string> => {
    const answer = await fetch(new URL(path, webUrl), {
      method: form === undefined ? 'GET' : 'POST',
      headers: { cookie },
      redirect: 'manual',
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    })
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    const to = answer.headers.get('location')
    return to === null ? answer.text() : ask(to)
  }
  const page = await ask('/sign-in')
  const token = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
  await ask('/sign-in', { username: nurse.username, password: nurse.password, _csrf: token })
  return ask
}

/** The list itself shows names, as it must; the rest of the page, made of the address, must not. */
function withoutRows(page: string): string {
  return page.replace(/<main[\s\S]*<\/main>/, '')
}
