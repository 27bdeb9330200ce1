import { z } from 'zod'
import { ReceiverReport } from '../../../referral/receiver-report.ts'

const word = z.string().optional().catch(undefined)

/** FHIR R4: a Task tells how far a request is. Each decision about a referral is one. */
export const Task = z.object({
  resourceType: z.literal('Task'),
  identifier: z.array(z.object({ value: z.string() })).min(1),
  status: z.string(),
  statusReason: z.object({ text: word }).optional().catch(undefined),
  /** The pathway. */
  businessStatus: z
    .object({ coding: z.array(z.object({ code: z.string() })).min(1) })
    .optional()
    .catch(undefined),
  focus: z.object({ reference: z.string() }),
  lastModified: z.string(),
  output: z
    .array(
      z.object({
        type: z.object({ coding: z.array(z.object({ code: z.string() })).min(1) }),
        valueDate: word,
        valueString: word,
      }),
    )
    .default([])
    .catch([]),
})
export type Task = z.infer<typeof Task>

/** What a Task's status says of a referral. Any other says nothing that a nurse waits for. */
const decisions: Readonly<Record<string, ReceiverReport['status']>> = {
  received: 'acknowledged',
  accepted: 'accepted',
  rejected: 'declined',
  'in-progress': 'pathway-set',
  completed: 'stepped-down',
}

/** Decisions about one referral, oldest first; one that cannot be read never hides the others. */
export function readDecisions(
  tasks: readonly Task[],
  { key, reference }: { readonly key: string; readonly reference: string },
): readonly ReceiverReport[] {
  return tasks
    .toSorted((a, b) => (a.lastModified < b.lastModified ? -1 : 1))
    .flatMap(task => {
      const report = ReceiverReport.safeParse({
        ...Object.fromEntries(task.output.map(outputOf)),
        id: task.identifier[0]?.value,
        ...{ key, reference, at: task.lastModified, status: decisions[task.status] },
        pathway: task.businessStatus?.coding[0]?.code,
        reason: task.statusReason?.text,
      })
      return report.success ? [report.data] : []
    })
}

function outputOf({ type, valueDate, valueString }: Task['output'][number]) {
  return [type.coding[0]?.code ?? '', valueDate ?? valueString] as const
}
