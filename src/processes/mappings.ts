import type { Format } from '../attendance/attendance.ts'
import type { Mapping } from '../attendance/mapping/mapping.ts'
import { loadMapping, MappingError } from './load-mapping.ts'

/** The mappings of the settings, by the name of their source. */
export type Mappings = ReadonlyMap<string, Mapping>

/** Reads every mapping file. Two of one name could not be told apart by a sender. */
export async function loadMappings(paths: readonly string[]): Promise<Mappings> {
  const mappings = new Map<string, Mapping>()
  for (const path of new Set(paths)) {
    const mapping = await loadMapping(path)
    if (mappings.has(mapping.source)) {
      throw new MappingError(
        `${path} has the source "${mapping.source}", as another mapping of the settings has: give each its own name`,
      )
    }
    mappings.set(mapping.source, mapping)
  }
  return mappings
}

/** The mapping of this name or, where none is named, the only one of its format. */
export function findMapping(
  mappings: Mappings,
  asked: { readonly format: Format; readonly name: string | null; readonly by: string },
): Mapping {
  const fitting = [...mappings.values()].filter(mapping => formatOfMapping(mapping) === asked.format)
  const found =
    asked.name === null && fitting.length > 1 ? undefined : (byName(fitting, asked.name) ?? undefined)
  if (found !== undefined) return found
  const known = fitting.map(({ source }) => source).join(', ')
  throw new MappingError(
    asked.name === null
      ? `${asked.by} needs a mapping for ${asked.format}: ${known === '' ? 'name its file in WREN_MAPPINGS' : `say which of ${known}`}`
      : `${asked.by} names the mapping "${asked.name}" for ${asked.format}: WREN_MAPPINGS has ${known === '' ? 'none of that format' : known}`,
  )
}

export function formatOfMapping({ format }: Mapping): Extract<Format, 'csv' | 'json-mapped'> {
  return format === 'csv' ? 'csv' : 'json-mapped'
}

function byName(mappings: readonly Mapping[], name: string | null): Mapping | undefined {
  return name === null ? mappings[0] : mappings.find(({ source }) => source === name)
}
