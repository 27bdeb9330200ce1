import { spawn } from 'node:child_process'

export interface Ran {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | null
}

/** Runs the `wren` command as a person would, with this text on standard input and these settings, until it ends. */
export async function runWren(
  args: readonly string[],
  input: string | Uint8Array = '',
  settings: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const child = spawn(process.execPath, ['bin/wren.js', ...args], {
    env: { PATH: process.env.PATH, NO_COLOR: '1', ...settings },
  })
  const written = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', text => {
    written.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    written.stderr += text
  })
  child.stdin.on('error', () => undefined) // a command that does not read its input may end before it has all
  child.stdin.end(input)
  const exitCode = await new Promise<number | null>(resolve => child.on('close', resolve))
  return { ...written, exitCode }
}
