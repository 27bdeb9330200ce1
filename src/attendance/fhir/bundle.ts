import { allOf, type FhirNode, isNode, oneOf, textOf, typeOf } from './fhir-tree.ts'

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
  const entries = allOf(root, 'entry').flatMap(entry => {
    const resource = oneOf(entry, 'resource')
    if (resource === null) return []
    const own = { resource, fullUrl: textOf(entry, 'fullUrl'), container: resource }
    return [own, ...allOf(resource, 'contained').map(each => containedEntry(each, resource))]
  })
  const byUrl = Map.groupBy(entries, ({ fullUrl }) => fullUrl)
  const byTypeAndId = Map.groupBy(entries, ({ resource }) => `${typeOf(resource)}/${textOf(resource, 'id')}`)
  return {
    root,
    entries,
    ofType: type => entries.filter(({ resource }) => typeOf(resource) === type),
    resolve(reference, from) {
      const written = textOf(reference, 'reference')?.replace(/\/_history\/[^/]*$/, '') ?? null
      if (written === null) return onlyOne(entries.filter(entry => isIdentified(entry, reference)))
      if (written.startsWith('#')) {
        const id = written.slice(1)
        return onlyOne(
          entries.filter(
            ({ container, resource }) =>
              container === from.container && resource !== container && textOf(resource, 'id') === id,
          ),
        )
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

/** A reference may name its target by an identifier alone. */
function isIdentified({ resource }: Entry, reference: FhirNode | null): boolean {
  const identifier = oneOf(reference, 'identifier')
  const [system, value] = [textOf(identifier, 'system'), textOf(identifier, 'value')]
  const type = textOf(reference, 'type')
  if (value === null || (type !== null && type !== typeOf(resource))) return false
  return allOf(resource, 'identifier').some(
    each => isNode(each) && textOf(each, 'system') === system && textOf(each, 'value') === value,
  )
}

/** Two with the same name are nobody: which one is meant? */
function onlyOne(entries: readonly Entry[]): Entry | null {
  const [first, ...others] = entries
  return first === undefined || others.length > 0 ? null : first
}
