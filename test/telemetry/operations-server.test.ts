import { afterEach, describe, expect, test } from 'vitest'
import { makeMetrics } from '../../src/telemetry/metrics.ts'
import {
  type Checks,
  type OperationsServer,
  startOperationsServer,
} from '../../src/telemetry/operations-server.ts'

const about = { version: '1.2.3', commit: 'abc1234', rulesVersion: 'aaaaaaaaaaaa' }
const started: OperationsServer[] = []

afterEach(async () => {
  await Promise.all(started.splice(0).map(server => server.stop()))
})

describe('the operations port', () => {
  test('metrics are served in the form that Prometheus asks for', async () => {
    const { url } = await start({})
    const response = await fetch(`${url}/metrics`)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(await response.text()).toContain('wren_build_info{')
  })

  test.each(['/health', '/health/live', '/ping'])('%s answers while the process lives', async path => {
    const { url } = await start({ broken: fails })
    const response = await fetch(`${url}${path}`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: 'alive' })
  })

  test('a process whose checks are well is ready', async () => {
    const { url } = await start({ 'database writable': async () => {}, 'rules loaded': async () => {} })
    const response = await fetch(`${url}/health/ready`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      status: 'ready',
      checks: { 'database writable': 'well', 'rules loaded': 'well' },
    })
  })

  test('one failed check makes it unready and is named, without the words of the error', async () => {
    const { url, failures } = await start({ 'database writable': fails, 'rules loaded': async () => {} })
    const response = await fetch(`${url}/health/ready`)
    const body = await response.text()
    expect(response.status).toBe(503)
    expect(JSON.parse(body)).toEqual({
      status: 'not ready',
      checks: { 'database writable': 'failed', 'rules loaded': 'well' },
    })
    expect(body).not.toContain('Quillfeather')
    expect(failures).toEqual(['database writable'])
  })

  test('a check that throws before it answers counts as failed', async () => {
    const { url } = await start({
      'rules loaded': () => {
        throw new Error('at once')
      },
    })
    expect((await fetch(`${url}/health/ready`)).status).toBe(503)
  })

  test('a check that hangs counts as failed', async () => {
    const { url } = await start({ 'stream joined': () => new Promise(() => {}) })
    const response = await fetch(`${url}/health/ready`)
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ checks: { 'stream joined': 'no answer within 2000 ms' } })
  })

  test('what runs is told', async () => {
    const { url } = await start({})
    expect(await (await fetch(`${url}/info`)).json()).toEqual(about)
  })

  test.each([
    ['an unknown path', '/flags', { method: 'GET' }, 404],
    ['a name that every object has', '/constructor', { method: 'GET' }, 404],
    ['a question behind the path', '/ping?full=1', { method: 'GET' }, 200],
    ['a message', '/metrics', { method: 'POST', body: 'x' }, 405],
  ])('%s is answered with its status', async (_what, path, request, status) => {
    const { url } = await start({})
    expect((await fetch(`${url}${path}`, request)).status).toBe(status)
  })

  test('a port that is taken is an error for the caller', async () => {
    const { url } = await start({})
    await expect(start({}, Number(new URL(url).port))).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  test('after stop the port is free', async () => {
    const server = await start({})
    await server.stop()
    await expect(fetch(`${server.url}/ping`)).rejects.toThrow()
    started.length = 0
  })
})

async function fails(): Promise<void> {
  throw new Error('cannot write: Quillfeather')
}

async function start(checks: Checks, port = 0): Promise<OperationsServer & { failures: string[] }> {
  const failures: string[] = []
  const server = await startOperationsServer({
    host: '127.0.0.1',
    port,
    metrics: makeMetrics({ version: '1.2.3', clock: { now: () => Temporal.Now.instant() } }),
    checks,
    about: () => about,
    checkFailed: check => failures.push(check),
  })
  started.push(server)
  return { ...server, failures }
}
