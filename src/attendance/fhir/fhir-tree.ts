/**
 * A resource or an element of one, the same from JSON and from XML: members by name, texts as texts, narrative as
 * its markup. What may repeat is read with `allOf` or `textsOf`, whether one or several came.
 */
export type FhirNode = Readonly<Record<string, unknown>>

export function isNode(value: unknown): value is FhirNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The elements of this name, in order. */
export function allOf(node: FhirNode | null, name: string): readonly FhirNode[] {
  return membersOf(node, name).filter(isNode)
}

/** The only element of this name, or the first. */
export function oneOf(node: FhirNode | null, name: string): FhirNode | null {
  return allOf(node, name)[0] ?? null
}

/** The texts of this name that are not blank, in order. JSON writes some as numbers or as true and false. */
export function textsOf(node: FhirNode | null, name: string): readonly string[] {
  return membersOf(node, name)
    .map(value => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value))
    .filter(value => typeof value === 'string')
    .filter(text => text.trim() !== '')
}

export function textOf(node: FhirNode | null, name: string): string | null {
  return textsOf(node, name)[0] ?? null
}

export function typeOf(resource: FhirNode | null): string | null {
  return textOf(resource, 'resourceType')
}

function membersOf(node: FhirNode | null, name: string): readonly unknown[] {
  if (node === null || !Object.hasOwn(node, name)) return []
  const value = node[name]
  return Array.isArray(value) ? value : [value]
}
