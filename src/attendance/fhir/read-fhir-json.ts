import { countMembers, measureJson } from '../json-structure.ts'
import { type FhirNode, isNode } from './fhir-tree.ts'

export type ReadTree = { readonly root: FhirNode } | { readonly problem: string }

/** Sections nest, and each level of them is two of JSON. Beyond this a Bundle is no document of a person. */
export const depthMax = 64

/** The tree of a resource in JSON. Nothing is parsed that is nested too deep. */
export function readFhirJson(text: string): ReadTree {
  const { members, tooDeep } = measureJson(text, depthMax)
  if (tooDeep) return { problem: `the message is nested more than ${depthMax} levels deep` }
  const value = parseJson(text)
  if (value === undefined) return { problem: 'the message is not JSON: it is broken or ends in the middle' }
  if (!isNode(value)) return { problem: 'the message is no FHIR resource: expected an object { … }' }
  if (countMembers(value) !== members) {
    return { problem: 'a key stands twice in the same object: which one is meant?' }
  }
  return { root: value }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // the engine's message may quote the text
  }
}
