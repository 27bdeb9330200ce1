import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { freePorts } from '../../world/running-wren.ts'

const dataFolder = mkdtempSync(join(tmpdir(), 'wren-demo-'))
const running: ChildProcess[] = []

afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(dataFolder, { recursive: true, force: true })
})

interface Demo {
  readonly child: ChildProcess
  readonly output: () => string
  readonly ended: Promise<number | null>
}

function startDemo(port: number, ...more: readonly string[]): Demo {
  const child = spawn(process.execPath, [
    'bin/wren.js',
    'demo',
    '--data',
    // As people name it, and as it is named by default: from where they stand.
    relative('.', dataFolder),
    '--port',
    String(port),
    ...more,
  ])
  running.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      output += text
    })
  }
  const ended = new Promise<number | null>(resolve => child.on('close', resolve))
  return { child, output: () => output, ended }
}

async function untilReady({ child, output }: Demo, port: number): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the demo ended:\n${output()}`)
    const answer = await fetch(`http://127.0.0.1:${port + 2}/health/ready`).catch(() => null)
    if (answer?.status === 200) return
    await sleep(200)
  }
}

/** Four ports in a row that nobody holds. */
async function firstOfFour(): Promise<number> {
  for (;;) {
    const [first = 0] = await freePorts(1)
    if (first < 60_000 && (await Promise.all([1, 2, 3].map(offset => isFree(first + offset)))).every(Boolean))
      return first
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** Command lines that name the data folder, as Linux lists them. */
function processesLeft(): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(commandLineOf)
    .filter(line => line.includes(basename(dataFolder)))
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return '' // it ended since it was listed
  }
}

/** What the portal simulator says it has, once the forwarder has been there. */
async function untilPortalHas(words: string, port: number): Promise<void> {
  for (;;) {
    const page = await fetch(`http://127.0.0.1:${port + 3}/`).then(answer => answer.text())
    if (page.includes(words)) return
    await sleep(200)
  }
}

async function queuedFlags(port: number): Promise<number> {
  const metrics = await fetch(`http://127.0.0.1:${port + 2}/metrics`).then(answer => answer.text())
  const items = [...metrics.matchAll(/^wren_queue_items\{[^}]*\} (\d+)$/gm)]
  return items.reduce((sum, [, count]) => sum + Number(count), 0)
}

describe.skipIf(process.platform !== 'linux')('wren demo (skipped where there is no /proc)', () => {
  test('shows a queue, survives a kill -9 with its data, and leaves nothing behind after Ctrl-C', async () => {
    const port = await firstOfFour()
    const first = startDemo(port, '--fresh')
    await untilReady(first, port)
    for (const [offset, what] of [
      [0, 'Review queue'],
      [3, 'Portal simulator'],
    ] as const) {
      expect(first.output()).toContain(`http://localhost:${port + offset}`)
      expect(first.output()).toContain(what)
    }
    const queued = await queuedFlags(port)
    expect(queued).toBeGreaterThanOrEqual(10)
    expect(processesLeft().length, 'what runs is found').toBeGreaterThan(1)
    await untilPortalHas('2 referrals', port)

    first.child.kill('SIGKILL')
    await first.ended
    const second = startDemo(port)
    await untilReady(second, port)
    expect(await queuedFlags(port)).toBeGreaterThanOrEqual(queued)
    await untilPortalHas('2 referrals', port) // nobody is referred twice

    second.child.kill('SIGINT')
    second.child.kill('SIGINT') // a terminal and npm both pass one press on
    expect(await second.ended).toBe(0)
    expect(second.output()).toContain('Stopped')
    expect(processesLeft()).toEqual([])
    expect(existsSync(join(dataFolder, 'secrets.json'))).toBe(true)
  }, 180_000)

  test('a taken port is named, with what to do', async () => {
    const port = await firstOfFour()
    const taken = createServer()
    await new Promise<void>(resolve => taken.listen(port + 2, '127.0.0.1', resolve))
    const { output, ended } = startDemo(port)
    expect(await ended).toBe(1)
    expect(output()).toContain(`Port ${port + 2} is taken`)
    expect(output()).toContain('--port')
    await new Promise(resolve => taken.close(resolve))
  })
})
