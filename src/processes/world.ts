import { openPdfReader } from '../adapters/documents/pdf-reader.ts'
import { loadPartnership, requirePartnership } from '../adapters/partnership-folder/load-partnership.ts'
import { loadRules, requireRuleset } from '../adapters/rules-folder/load-rules.ts'
import type { Store } from '../adapters/store/store.ts'
import { decodeMessage } from '../attendance/decode.ts'
import type { Partnership } from '../referral/partnership.ts'
import type { Ruleset } from '../rules/ruleset.ts'
import { makeScanner } from '../scan/scan.ts'
import type { Scanner } from '../scan/scanner.ts'
import { makeMissingCount } from '../services/count-missing.ts'
import type { Clock } from '../services/ports.ts'
import { makeScreen, type Screen } from '../services/screen-attendances.ts'
import { type Logger, makeLogger } from '../telemetry/logger.ts'
import { type Metrics, makeMetrics } from '../telemetry/metrics.ts'
import { readStoreFigures } from '../telemetry/store-figures.ts'
import { version } from './about.ts'
import type { ProcessRole, Settings } from './config.ts'
import { loadMappings, type Mappings } from './mappings.ts'
import { observeScanner } from './observe-scanner.ts'
import { openDatabase } from './open-database.ts'
import { loadSecrets, type Secrets } from './secrets.ts'

/** What the parts of a process share. */
export interface World {
  readonly settings: Settings
  readonly secrets: Secrets
  readonly clock: Clock
  readonly log: Logger
  readonly metrics: Metrics
  readonly ruleset: Ruleset
  readonly scanner: Scanner
  readonly screen: Screen
  readonly mappings: Mappings
  /** Where referrals go and what they ask; null in a process that needs no database. */
  readonly partnership: Partnership | null
  /** Null in a process that only scans a stream. */
  readonly store: Store | null
}

export const clock: Clock = { now: () => Temporal.Now.instant() }

/** Opens what the roles need, first of all the rules: a broken rules folder stops the start, in words. */
export async function openWorld({
  settings,
  roles,
  destination,
}: {
  readonly settings: Settings
  readonly roles: ReadonlySet<ProcessRole>
  /** Where log lines go; standard output unless given. */
  readonly destination?: { write(line: string): void }
}): Promise<World & AsyncDisposable> {
  await using opened = new AsyncDisposableStack()
  const ruleset = requireRuleset(await loadRules(settings.rulesFolder))
  const mappings = await loadMappings(mappingPathsOf(settings))
  const needsStore = [...roles].some(role => role !== 'scanner')
  const partnership = needsStore
    ? requirePartnership(await loadPartnership(settings.partnershipFolder))
    : null
  const secrets = loadSecrets(settings)
  const log = makeLogger({
    level: settings.logLevel,
    identifierKey: secrets.identifierKey,
    ...(destination === undefined ? {} : { destination }),
  })
  const store = needsStore ? opened.use(await openDatabase({ settings, log })).store : null
  const metrics = makeMetrics({
    version,
    clock,
    ...(store === null ? {} : { collect: figuresOf(store) }),
    collectFailed: error => log.warn({ err: error }, 'the database did not answer the metrics'),
  })
  metrics.rulesInUse(ruleset.version)
  if (partnership !== null) metrics.bankHolidaysKnown(partnership.holidays.lastYear)
  const scanner = observeScanner(makeScanner(ruleset, { cohort: settings.cohort }), metrics)
  const pdfs = opened.use(openPdfReader())
  const screen = makeScreen({
    scanner,
    decode: (bytes, options) =>
      decodeMessage(bytes, {
        ...options,
        defaultTrust: settings.trust,
        textFields: settings.hl7TextFields,
        readPdf: pdfs.read,
      }),
    identifierKey: secrets.identifierKey,
  })
  const kept = opened.move()
  return {
    settings,
    secrets,
    clock,
    log,
    metrics,
    ruleset,
    scanner,
    screen,
    mappings,
    partnership,
    store,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

function mappingPathsOf({ mappings, folder }: Settings): readonly string[] {
  return folder === null ? mappings : [...mappings, folder.mapping]
}

function figuresOf(store: Store) {
  const offsetsMissing = makeMissingCount({ ...store, clock })
  return () => readStoreFigures({ ...store, offsetsMissing, clock })
}

/** The store, for a role that cannot be without it. */
export function storeOf({ store }: Pick<World, 'store'>): Store {
  if (store === null) throw new Error('a role that needs the database was started without it')
  return store
}

/** The partnership's files, for a role that cannot be without them. */
export function partnershipOf({ partnership }: Pick<World, 'partnership'>): Partnership {
  if (partnership === null) throw new Error('a role that needs the partnership folder was started without it')
  return partnership
}
