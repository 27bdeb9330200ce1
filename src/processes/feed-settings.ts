import { z } from 'zod'
import { type Format, formats } from '../attendance/attendance.ts'

/** Words between commas, blanks around them taken off. */
export const list = z.string().transform(text =>
  text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== ''),
)

export interface Topic {
  readonly topic: string
  /** What its messages are; null where their first bytes tell. */
  readonly format: Format | null
  /** The name of the mapping that reads them, where the format needs one and there are several. */
  readonly mapping: string | null
}

/** The formats that say nothing without a mapping. */
export const mappedFormats = ['csv', 'json-mapped'] as const
const name = z.string().min(1)
const topicForms = z.union([
  z.tuple([name]).transform(([topic]): Topic => ({ topic, format: null, mapping: null })),
  z.tuple([name, z.enum(formats)]).transform(([topic, format]): Topic => ({ topic, format, mapping: null })),
  z
    .tuple([name, z.enum(mappedFormats), name])
    .transform(([topic, format, mapping]): Topic => ({ topic, format, mapping })),
])

/** Topics, each with what its messages are where that is said: attendances,adt:hl7v2,engine:json-mapped:ed-engine */
export const topicList = list
  .transform(topics => topics.map(topic => topic.split(':').map(part => part.trim())))
  .pipe(z.array(topicForms))

export const topicListForm = `topics, each with its format where you name one (${formats.join(', ')}), and of csv and json-mapped the name of its mapping, such as attendances,adt:hl7v2,engine:json-mapped:ed-engine`

/** Fields of local HL7 v2 segments, such as ZTN-3. */
export const textFields = list.pipe(
  z.array(
    z
      .string()
      .regex(/^Z[A-Z0-9]{2}-[1-9]\d{0,2}$/)
      .transform(text => ({ segment: text.slice(0, 3), field: Number(text.slice(4)) })),
  ),
)

export function formatsByTopic(topics: readonly Topic[]): ReadonlyMap<string, Format> {
  return new Map(topics.flatMap(({ topic, format }) => (format === null ? [] : [[topic, format]])))
}
