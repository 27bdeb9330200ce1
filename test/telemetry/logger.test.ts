import { readdirSync, readFileSync } from 'node:fs'
import { Writable } from 'node:stream'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { parseNhsNumber } from '../../src/attendance/nhs-number.ts'
import { Note } from '../../src/attendance/note.ts'
import { ownErrors } from '../../src/telemetry/describe-error.ts'
import { type Logger, makeLogger } from '../../src/telemetry/logger.ts'

const canaryName = 'Zebedee Quillfeather'
const canaryNumber = '9991234578'

const attendance = {
  source: 'ed-worcester',
  trust: 'RWP',
  attendanceId: 'A-77031',
  patient: { family: 'Quillfeather', given: 'Zebedee', nhsNumber: canaryNumber },
  notes: [new Note({ section: 'triage', words: `${canaryName} says mates have knives` })],
}

/** As PostgreSQL sends it: the row that offends stands in message and detail. */
const databaseError = Object.assign(
  new pg.DatabaseError(`duplicate key value (${canaryName})`, 100, 'error'),
  {
    code: '23505',
    table: 'attendance',
    constraint: 'attendance_pkey',
    detail: `Key (nhs_number)=(${canaryNumber}) already exists.`,
    where: `unnamed portal parameter $1 = '${canaryName}'`,
    parameters: [canaryName, canaryNumber],
  },
)

const zodError = z
  .object({ patient: z.object({ sex: z.enum(['female', 'male']) }), id: z.literal('known') })
  .safeParse({ patient: { sex: canaryName }, id: canaryName }).error

const jsonError = thrownBy(() => JSON.parse(`${canaryName} ${canaryNumber}`))

describe('a log line never holds a patient', () => {
  test('the canary number of these tests is a valid NHS number', () => {
    expect(parseNhsNumber(canaryNumber)).not.toBeNull()
  })

  test.each<[string, (log: Logger) => void]>([
    ['an attendance as a field', log => log.info({ attendance }, 'screened')],
    ['an attendance as the whole', log => log.info(attendance, 'screened')],
    ['an attendance in a list in a field', log => log.info({ batch: { held: [attendance] } }, 'screened')],
    ['the parts of an attendance', log => log.info({ ...attendance, trust: undefined }, 'screened')],
    ['words three levels down', log => log.info({ a: { b: { words: canaryName } } }, 'read')],
    ['a field written in another way', log => log.info({ 'NHS-Number': canaryName }, 'read')],
    ['a number in a field nobody thought of', log => log.info({ ward: `bed 4 ${canaryNumber}` }, 'read')],
    ['a number with spaces', log => log.info({ ward: '999 123 4578' }, 'read')],
    ['a number as a number', log => log.info({ ward: Number(canaryNumber) }, 'read')],
    ['a number in the message', log => log.info(`looked up ${canaryNumber}`)],
    ['a number in a place of the message', log => log.info('looked up %s', canaryNumber)],
    ['an object in a place of the message', log => log.info('looked up %j', attendance)],
    ['a number as the name of a field', log => log.info({ [canaryNumber]: 1 }, 'counted')],
    ["a reason in a nurse's words", log => log.info({ reason: `${canaryName} is known to us` }, 'decided')],
    ['a class instance', log => log.info({ held: new Map([[canaryName, canaryNumber]]) }, 'held')],
    ['bytes', log => log.info({ record: Buffer.from(canaryName) }, 'received')],
    ['an error of PostgreSQL', log => log.error(databaseError)],
    ['an error of PostgreSQL as a field', log => log.error({ err: databaseError }, 'cannot save')],
    [
      'an error of PostgreSQL as a cause',
      log => log.error(new Error('cannot save', { cause: databaseError })),
    ],
    ['errors in an aggregate', log => log.error(new AggregateError([databaseError, jsonError], canaryName))],
    ['an error of zod', log => log.error({ err: zodError }, 'unreadable')],
    ['an error of JSON.parse', log => log.error({ err: jsonError }, 'unreadable')],
    ['an error that quotes over several lines', log => log.error(new RangeError(`x\n    at ${canaryName}`))],
    [
      'an error with words of its own',
      log => log.error(Object.assign(new Error('x'), { input: canaryName })),
    ],
    ['a child logger', log => log.child({ patient: attendance.patient, ward: canaryNumber }).info('ready')],
    ['a child of a child', log => log.child({ subject: 'web' }).child({ attendance }).info('ready')],
    ['bindings set later', log => setLater(log)],
    ['a child with serialisers of its own', log => withSerialisers(log)],
    ['a request with a search in its address', log => log.info({ req: request }, 'incoming request')],
  ])('%s', (_what, write) => {
    const { log, lines } = capture()
    write(log)
    const written = lines.join('\n')
    expect(lines).toHaveLength(1)
    expect(written).not.toMatch(/quillfeather|zebedee/i)
    expect(written.replace(/[ -]/g, '')).not.toContain(canaryNumber)
    expect(written).not.toContain('knives')
    expect(() => JSON.parse(written)).not.toThrow()
  })
})

describe('a log line says what an engineer needs', () => {
  test('a line has its time, level, subject, fields and message', () => {
    const [line] = linesOf(log =>
      log.child({ subject: 'kafka' }).warn({ partition: 3, offset: '1041' }, 'late'),
    )
    expect(line).toMatchObject({ level: 'warn', subject: 'kafka', partition: 3, offset: '1041', msg: 'late' })
    expect(line?.time).toMatch(/^\d{4}-\d\d-\d\dT/)
  })

  test('an attendance is shown as a reference that is the same on every line and in every process', () => {
    const [one, two] = linesOf(log => {
      log.info({ attendance })
      log.info({ attendance: { trust: 'RWP', attendanceId: 'A-77031' } })
    })
    const [other] = linesOf(log => log.info({ attendance: { trust: 'RWP', attendanceId: 'A-77032' } }))
    expect(one?.attendance).toMatch(/^[0-9a-f]{16}$/)
    expect(two?.attendance).toBe(one?.attendance)
    expect(other?.attendance).not.toBe(one?.attendance)
  })

  test('a reason of one word stays', () => {
    expect(linesOf(log => log.info({ reason: 'too_large' }))[0]).toMatchObject({ reason: 'too_large' })
  })

  test('a hash keeps its digits', () => {
    const eventId = `ab9991234578cd${'0'.repeat(50)}`
    expect(linesOf(log => log.info({ eventId }))[0]).toMatchObject({ eventId })
  })

  test('an error of PostgreSQL shows its code, table and constraint', () => {
    expect(linesOf(log => log.error({ err: databaseError }, 'cannot save'))[0]).toMatchObject({
      msg: 'cannot save',
      err: { type: 'error', code: '23505', table: 'attendance', constraint: 'attendance_pkey' },
    })
  })

  test('an error of zod shows each place and check', () => {
    expect(linesOf(log => log.error({ err: zodError }, 'unreadable'))[0]).toMatchObject({
      err: { problems: ['patient.sex: invalid_value', 'id: invalid_value'] },
    })
  })

  test('an error of the operating system shows what failed and where', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), {
      syscall: 'connect',
      code: 'ECONNREFUSED',
      address: '127.0.0.1',
      port: 5432,
    })
    const line = linesOf(log => log.error(refused))[0]
    expect(line).toMatchObject({ err: { message: 'connect ECONNREFUSED 127.0.0.1 5432' } })
  })

  test('an error that this program raised shows its message and frames, an error from elsewhere its frames', () => {
    const own = new Error('PORTAL_TIMEOUT_MS is not set')
    own.stack = `Error: ${own.message}\n    at read (${new URL('../../src/processes/config.ts', import.meta.url)}:7:11)`
    expect(linesOf(log => log.error(own))[0]).toMatchObject({
      err: { message: 'PORTAL_TIMEOUT_MS is not set', frames: [expect.stringContaining('config.ts:7:11')] },
    })
    const [elsewhere] = linesOf(log => log.error(new Error('from a library')))
    expect(elsewhere).toMatchObject({
      err: { frames: expect.arrayContaining([expect.stringContaining('logger.test.ts')]) },
    })
    expect(JSON.stringify(elsewhere)).not.toContain('from a library')
  })

  test('every error class of the program is known to the logger, so that its message is shown', () => {
    const declared = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.ts'))
      .flatMap(path => [...readFileSync(`src/${path}`, 'utf8').matchAll(/class (\w+) extends Error\b/g)])
      .map(([, name]) => name)
    expect(declared.length).toBeGreaterThan(0)
    expect([...ownErrors].toSorted()).toEqual([...new Set(['Error', ...declared])].toSorted())
  })

  test('a request is shown by its route as written in the program', () => {
    const [line] = linesOf(log => log.info({ req: request, res: { statusCode: 404 } }, 'request completed'))
    expect(line).toMatchObject({ req: { method: 'GET', route: '/flags/:id' }, res: { statusCode: 404 } })
  })

  test('a circle of objects ends', () => {
    const circle: Record<string, unknown> = { kind: 'circle' }
    circle.again = circle
    expect(linesOf(log => log.info({ circle }))).toHaveLength(1)
  })

  test('a level below the one asked for writes nothing', () => {
    expect(linesOf(log => log.debug('unheard'))).toEqual([])
  })
})

const request = {
  id: 'req-1',
  method: 'GET',
  url: `/search?q=${canaryName}`,
  routeOptions: { url: '/flags/:id' },
  headers: { cookie: canaryName },
}

function setLater(log: Logger): void {
  log.setBindings({ patient: canaryName, ward: canaryNumber })
  log.info('ready')
}

function withSerialisers(log: Logger): void {
  log.child({}, { serializers: { ward: () => canaryName } }).info({ ward: 4 }, 'ready')
}

function thrownBy(act: () => unknown): unknown {
  try {
    return act()
  } catch (error) {
    return error
  }
}

function capture(): { log: Logger; lines: string[] } {
  const lines: string[] = []
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk).trimEnd())
      done()
    },
  })
  return { log: makeLogger({ level: 'info', destination, identifierKey: 'k'.repeat(32) }), lines }
}

function linesOf(write: (log: Logger) => void): Record<string, unknown>[] {
  const { log, lines } = capture()
  write(log)
  return lines.map(line => JSON.parse(line))
}
