import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Order } from './stop-at.ts'

/** A supervisor waits this long before it starts what ended. */
const restartMs = 500

/** A process of Wren that is started again whenever it ends, as systemd or Kubernetes would. */
export interface SupervisedWren {
  readonly name: string
  readonly role: 'scanner' | 'projector' | 'forwarder'
  /** How often it was started, the first time included. */
  readonly starts: () => number
  /** Of the process that runs now. */
  readonly pid: () => number
  kill(): void
  /** SIGTERM: it leaves in good order, and is started again. */
  askToStop(): void
  /** SIGSTOP: it holds its connections and its partitions, and does nothing. */
  freeze(): void
  thaw(): void
  /** Has it kill itself at a step; false where it did not come there in time. */
  killAt(order: Order, patienceMs: number): Promise<boolean>
  /** kill -9 for good. */
  end(): Promise<void>
  /** SIGTERM for good; answers its exit code. */
  stop(): Promise<number | null>
}

export function superviseWren({
  name,
  role,
  env,
  logFolder,
}: {
  readonly name: string
  readonly role: SupervisedWren['role']
  readonly env: Readonly<Record<string, string>>
  readonly logFolder: string
}): SupervisedWren {
  let isOver = false
  let starts = 0
  let child = start()

  function start(): ChildProcess {
    starts += 1
    const log = openSync(join(logFolder, `${name}.log`), 'a')
    const started = spawn(
      process.execPath,
      ['--import', './test/chaos/stop-at.ts', 'bin/wren.js', 'start', '--roles', role],
      { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', log, log, 'ipc'] },
    )
    closeSync(log)
    started.on('error', () => undefined) // an order to a process that has just ended
    started.on('exit', () => void restart())
    return started
  }

  async function restart(): Promise<void> {
    if (isOver) return
    await sleep(restartMs)
    if (!isOver) child = start()
  }

  return {
    name,
    role,
    starts: () => starts,
    pid: () => child.pid ?? 0,
    kill: () => void child.kill('SIGKILL'),
    askToStop: () => void child.kill('SIGTERM'),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    async killAt(order, patienceMs) {
      const target = child
      if (target.exitCode !== null || target.signalCode !== null || !target.connected) return false
      target.send(order, () => undefined)
      const ended = once(target, 'exit').then(() => true)
      return await Promise.race([ended, sleep(patienceMs, false)])
    },
    async end() {
      isOver = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      isOver = true
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      const [code] = await ended
      return code
    },
  }
}
