import type { Reporter, TestModule } from 'vitest/node'

/** Ends a run with one plain line that any build server can read: "12 passed, 0 failed, 1 skipped". */
export class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const states = modules.flatMap(module => [...module.children.allTests()].map(test => test.result().state))
    const count = (state: string): number => states.filter(each => each === state).length
    const brokenFiles = modules.filter(module => module.errors().length > 0).length
    process.stdout.write(
      `\n${count('passed')} passed, ${count('failed') + brokenFiles} failed, ${count('skipped') + count('pending')} skipped\n`,
    )
  }
}
