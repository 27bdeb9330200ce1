import { allOf, type FhirNode, oneOf, textOf, typeOf } from './fhir-tree.ts'

/** A resource of a Bundle, or one that another contains. */
export interface Entry {
  readonly resource: FhirNode
  readonly fullUrl: string | null
  /** The resource that contains it, or itself: "#id" is looked for among what that contains. */
  readonly container: FhirNode
}

export interface Bundle {
  readonly root: FhirNode
  readonly entries: readonly Entry[]
  /** The place in Bundle.entry, from 0, of an entry or of the one that contains it. */
  indexOf(entry: Entry): number
  /** The entries of a type, in order. */
  ofType(type: string): readonly Entry[]
  /** What a Reference of this entry points at; null where that is not in the Bundle, or could be two things. */
  resolve(reference: FhirNode | null, from: Entry): Entry | null
}

const readTypes = ['message', 'document', 'collection']

export function openBundle(root: FhirNode): Bundle | { readonly problem: string } {
  if (typeOf(root) !== 'Bundle') {
    return { problem: 'the message is no Bundle: expected a Bundle of type message, document or collection' }
  }
  if (!readTypes.includes(textOf(root, 'type') ?? '')) {
    return { problem: 'Bundle.type: expected message, document or collection' }
  }
  const containers = new Map<FhirNode, number>()
  const entries = allOf(root, 'entry').flatMap((entry, index) => {
    const resource = oneOf(entry, 'resource')
    if (resource === null) return []
    containers.set(resource, index)
    const own = { resource, fullUrl: textOf(entry, 'fullUrl'), container: resource }
    return [own, ...allOf(resource, 'contained').map(each => containedEntry(each, resource))]
  })
  const byUrl = Map.groupBy(entries, ({ fullUrl }) => fullUrl)
  const byTypeAndId = Map.groupBy(entries, ({ resource }) => `${typeOf(resource)}/${textOf(resource, 'id')}`)
  const byIdentifier = indexIdentifiers(entries)
  const contained = entries.filter(({ container, resource }) => container !== resource)
  const byContainer = new Map(
    [...Map.groupBy(contained, ({ container }) => container)].map(([container, inside]) => [
      container,
      Map.groupBy(inside, ({ resource }) => textOf(resource, 'id') ?? ''),
    ]),
  )
  return {
    root,
    entries,
    indexOf: ({ container }) => containers.get(container) ?? -1,
    ofType: type => entries.filter(({ resource }) => typeOf(resource) === type),
    resolve(reference, from) {
      const written = textOf(reference, 'reference')?.replace(/\/_history\/[^/]*$/, '') ?? null
      if (written === null) {
        const identifier = oneOf(reference, 'identifier')
        if (textOf(identifier, 'value') === null || identifier === null) return null
        const named = byIdentifier.get(identifierKey(identifier)) ?? []
        return onlyOne(named.filter(entry => isOfType(entry, reference)))
      }
      if (written.startsWith('#')) {
        return onlyOne(byContainer.get(from.container)?.get(written.slice(1)) ?? [])
      }
      const named = byUrl.get(written) ?? []
      if (named.length > 0 || isAbsolute(written)) return onlyOne(named)
      return onlyOne((byTypeAndId.get(written) ?? []).filter(each => isAtHome(each, from)))
    },
  }
}

function containedEntry(resource: FhirNode, container: FhirNode): Entry {
  return { resource, fullUrl: null, container }
}

/** A relative reference means the server of the resource that makes it. Contained resources are reached by "#". */
function isAtHome({ fullUrl, container, resource }: Entry, from: Entry): boolean {
  if (container !== resource) return false
  const home = serverOf(from.fullUrl)
  const server = serverOf(fullUrl)
  return home === null || server === null || home === server
}

/** https://server/fhir, of https://server/fhir/Patient/1; null for urn:uuid:…, which names no server. */
function serverOf(fullUrl: string | null): string | null {
  return fullUrl === null ? null : (/^(https?:\/\/.+)\/[A-Za-z]+\/[^/]+$/.exec(fullUrl)?.[1] ?? null)
}

function isAbsolute(reference: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(reference)
}

/** Each entry by each of its identifiers: a reference may name its target by one alone. */
function indexIdentifiers(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const index = new Map<string, Entry[]>()
  for (const entry of entries) {
    for (const key of new Set(allOf(entry.resource, 'identifier').map(identifierKey))) {
      const known = index.get(key)
      if (known === undefined) index.set(key, [entry])
      else known.push(entry)
    }
  }
  return index
}

function identifierKey(identifier: FhirNode): string {
  return JSON.stringify([textOf(identifier, 'system'), textOf(identifier, 'value')])
}

function isOfType({ resource }: Entry, reference: FhirNode | null): boolean {
  const type = textOf(reference, 'type')
  return type === null || type === typeOf(resource)
}

/** Two with the same name are nobody: which one is meant? */
function onlyOne(entries: readonly Entry[]): Entry | null {
  const [first, ...others] = entries
  return first === undefined || others.length > 0 ? null : first
}
