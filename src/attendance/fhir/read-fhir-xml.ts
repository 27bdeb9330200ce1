import { SaxesParser, type SaxesTagNS } from 'saxes'
import { decodeEntity, escapeMarkup, voidElements } from '../documents/markup.ts'
import type { FhirNode } from './fhir-tree.ts'
import { depthMax, type ReadTree } from './read-fhir-json.ts'

const fhirNamespace = 'http://hl7.org/fhir'
const xhtmlNamespace = 'http://www.w3.org/1999/xhtml'
/** The elements whose child is a whole resource, and is named for its type. */
const holdsResource = new Set(['resource', 'contained'])

interface Open {
  /** Of a resource it is blank: its members go to the element around it. */
  readonly name: string
  /** A primitive's, from its attribute `value`. */
  readonly value: string | null
  readonly node: Record<string, unknown>
}

/**
 * The tree of a resource in XML, the same as JSON's; extensions of primitives are left:
 *
 *     <code value="x"/>               code: "x"
 *     <name><family value="x"/>…      name: { family: "x", … }; a list where it repeats
 *     <resource><Patient>…            resource: { resourceType: "Patient", … }
 *     <div xmlns="…xhtml">…</div>     div: "<div>…</div>"
 *
 * A document type is refused, so nothing is ever fetched and no entity grows. The parser's own messages may quote
 * the text, so only the place of a fault is told.
 */
export function readFhirXml(text: string): ReadTree {
  const parser = new SaxesParser({ xmlns: true })
  parser.ENTITIES = entitiesIn(text, parser.ENTITIES)
  const builder = new TreeBuilder()
  parser.on('doctype', () =>
    builder.refuse('the message has a document type (<!DOCTYPE …>): send it without'),
  )
  parser.on('opentag', tag => builder.open(tag))
  parser.on('closetag', tag => builder.close(tag))
  parser.on('text', words => builder.text(words))
  parser.on('cdata', words => builder.text(words))
  try {
    parser.write(text).close()
  } catch {
    const place = `at line ${parser.line}, column ${parser.column}`
    return { problem: builder.refusal ?? `the message is no well-formed XML: broken ${place}` }
  }
  return builder.root === null ? { problem: 'the message has no FHIR resource' } : { root: builder.root }
}

/** Narrative may use the entities of HTML, which XML does not know: those that the text names. */
function entitiesIn(text: string, known: Readonly<Record<string, string>>): Record<string, string> {
  const entities: Record<string, string> = { ...known }
  for (const [, name = ''] of text.matchAll(/&([A-Za-z][A-Za-z0-9]{1,31});/g)) {
    const decoded = Object.hasOwn(entities, name) ? null : decodeEntity(name)
    if (decoded !== null) entities[name] = decoded
  }
  return entities
}

class TreeBuilder {
  root: FhirNode | null = null
  refusal: string | null = null
  readonly #open: Open[] = []
  #depth = 0
  /** Markup of the narrative being read, and how many of its elements are open. */
  #narrative = ''
  #narrativeDepth = 0

  /** The handlers' only way to stop the parser is to throw. */
  refuse(problem: string): never {
    this.refusal = problem
    throw new Error('refused')
  }

  open(tag: SaxesTagNS): void {
    // Narrative of HTML may nest deeper than resources do; it never becomes a tree.
    if (++this.#depth > 4 * depthMax)
      this.refuse(`the message is nested more than ${4 * depthMax} levels deep`)
    if (this.#narrativeDepth > 0 || tag.uri === xhtmlNamespace) this.#openNarrative(tag)
    else this.#openElement(tag)
  }

  #openElement(tag: SaxesTagNS): void {
    if (tag.uri !== fhirNamespace) {
      this.refuse(`the message is XML, and not FHIR: expected the namespace ${fhirNamespace}`)
    }
    if (this.#open.length > depthMax) this.refuse(`the message is nested more than ${depthMax} levels deep`)
    const parent = this.#open.at(-1)
    const isResource = parent === undefined || holdsResource.has(parent.name)
    const node: Record<string, unknown> = Object.create(null)
    for (const { local, value, uri } of Object.values(tag.attributes)) if (uri === '') node[local] = value
    if (isResource) node.resourceType = tag.local
    const value = tag.attributes.value?.value ?? null
    this.#open.push({ name: isResource ? '' : tag.local, value, node })
  }

  close(tag: SaxesTagNS): void {
    this.#depth--
    if (this.#narrativeDepth > 0) this.#closeNarrative(tag)
    else this.#closeElement()
  }

  #closeElement(): void {
    const closed = this.#open.pop()
    if (closed === undefined) return
    const parent = this.#open.at(-1)
    if (parent === undefined) this.root = closed.node
    else if (closed.name === '') this.#adopt(parent.node, closed.node)
    else append(parent.node, { name: closed.name, value: closed.value ?? closed.node })
  }

  /** Two resources in one place would become one, with the fields of two patients. */
  #adopt(around: Record<string, unknown>, resource: Record<string, unknown>): void {
    if ('resourceType' in around) this.refuse('two resources stand in one element: which one is meant?')
    Object.assign(around, resource)
  }

  text(words: string): void {
    if (this.#narrativeDepth > 0) this.#narrative += escapeMarkup(words)
  }

  #openNarrative({ local, attributes }: SaxesTagNS): void {
    this.#narrativeDepth++
    const alt = attributes.alt?.value
    this.#narrative += `<${local}${alt === undefined ? '' : ` alt="${escapeMarkup(alt)}"`}>`
  }

  #closeNarrative({ local }: SaxesTagNS): void {
    if (!voidElements.has(local)) this.#narrative += `</${local}>`
    if (--this.#narrativeDepth > 0) return
    const parent = this.#open.at(-1)
    if (parent !== undefined) append(parent.node, { name: 'div', value: this.#narrative })
    this.#narrative = ''
  }
}

function append(node: Record<string, unknown>, { name, value }: { name: string; value: unknown }): void {
  const before = node[name]
  if (before === undefined) node[name] = value
  else if (Array.isArray(before)) before.push(value)
  else node[name] = [before, value]
}
