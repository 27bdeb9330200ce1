import { spawn } from 'node:child_process'

export interface Ran {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | null
}

/** Runs the commands for rules in a process of their own, with no terminal. */
export async function runRules(args: readonly string[], input = ''): Promise<Ran> {
  const child = spawn(process.execPath, ['test/processes/commands/rules-cli.ts', ...args])
  const read = async (stream: NodeJS.ReadableStream) => {
    let text = ''
    for await (const chunk of stream) text += String(chunk)
    return text
  }
  child.stdin.end(input)
  const ended = new Promise<number | null>(resolve => child.once('close', resolve))
  const [stdout, stderr, exitCode] = await Promise.all([read(child.stdout), read(child.stderr), ended])
  return { stdout, stderr, exitCode }
}
