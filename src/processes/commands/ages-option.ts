import { InvalidArgumentError, Option } from 'commander'
import { type Cohort, children } from '../../attendance/cohort.ts'

export interface AgesOption {
  readonly ages: Cohort
}

/** `--ages 0-25`: who is in scope, by whole years on arrival. */
export function agesOption(): Option {
  return new Option('--ages <from-to>', 'ages in scope, such as 0-25')
    .default(children, `${children.from}-${children.to}`)
    .argParser(agesOf)
}

function agesOf(typed: string): Cohort {
  const [, from, to] = /^(\d{1,3})-(\d{1,3})$/.exec(typed) ?? []
  if (from !== undefined && to !== undefined && Number(from) <= Number(to)) {
    return { from: Number(from), to: Number(to) }
  }
  throw new InvalidArgumentError('two ages are expected, such as 0-25.')
}
