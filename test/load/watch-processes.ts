import { readdirSync, readFileSync } from 'node:fs'

/** What the processes below some roots have used, by the root's name. Read from proc(5): nothing where this is not Linux. */
export interface ProcessWatch {
  /** Processor seconds since the watch began. */
  cpuSeconds(): ReadonlyMap<string, number>
  /** Resident megabytes of each root itself, a sample a second, oldest first. */
  memory(): ReadonlyMap<string, readonly number[]>
  stop(): void
}

export interface Root {
  readonly name: string
  readonly pid: () => number
}

interface Entry {
  readonly pid: number
  readonly parent: number
  readonly ticks: number
}

const ticksASecond = 100

export function watchProcesses(roots: readonly Root[]): ProcessWatch {
  const before = new Map(roots.map(root => [root.name, ticksBelow(root.pid())]))
  const samples = new Map<string, number[]>(roots.map(({ name }) => [name, []]))
  const timer = setInterval(() => {
    for (const { name, pid } of roots) samples.get(name)?.push(residentMegabytes(pid()))
  }, 1_000)
  return {
    cpuSeconds: () =>
      new Map(
        roots.map(({ name, pid }) => [name, (ticksBelow(pid()) - (before.get(name) ?? 0)) / ticksASecond]),
      ),
    memory: () => samples,
    stop: () => clearInterval(timer),
  }
}

/** Of a process and all that it started: those that have ended count with whoever waited for them. */
function ticksBelow(root: number): number {
  const entries = readEntries()
  const inTree = new Set([root])
  for (let size = 0; size !== inTree.size; ) {
    size = inTree.size
    for (const { pid, parent } of entries) if (inTree.has(parent)) inTree.add(pid)
  }
  return entries.filter(({ pid }) => inTree.has(pid)).reduce((sum, { ticks }) => sum + ticks, 0)
}

/**
 * /proc/PID/stat: the name in brackets may hold anything, so fields are counted from its end. After it come state,
 * parent (field 4), and at 14 to 17 the ticks of the process and of its children that ended.
 */
function readEntries(): Entry[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      const text = readOrEmpty(`/proc/${name}/stat`)
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
      const ticks = fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0)
      return text === '' ? [] : [{ pid: Number(name), parent: Number(fields[1]), ticks }]
    })
}

function residentMegabytes(pid: number): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+) kB/.exec(readOrEmpty(`/proc/${pid}/status`)) ?? []
  return Math.round(Number(kilobytes) / 1_024)
}

/** A process may end while it is looked at. */
function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
