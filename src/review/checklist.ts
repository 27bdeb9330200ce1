import type { FieldProblem } from './decision-form.ts'
import { type ActionId, actionIds, actionOf } from './safeguarding-actions.ts'

/** What can be said of a line of the checklist. */
export const actionAnswers = { done: 'Done', 'not-needed': 'Not needed', 'to-do': 'To do' } as const
export type ActionAnswer = keyof typeof actionAnswers

/** One line as it stands. */
export interface ChecklistLine {
  readonly action: ActionId
  readonly answer: ActionAnswer
  /** Evidence of what is done, the reason why it is not needed, or what is to be done. */
  readonly words: string
  /** Of what is to be done, else null. */
  readonly owner: string | null
  /** ISO day. */
  readonly due: string | null
  /** The answer to what else the line asks, else null. */
  readonly detail: string | null
}

/** A line with who said so. */
export interface ChecklistAnswer extends ChecklistLine {
  readonly answeredBy: string
  readonly answeredAt: string
}

/** One line as typed. */
export interface TypedLine {
  readonly action: ActionId
  readonly answer: string
  readonly words: string
  readonly owner: string
  readonly due: string
  readonly detail: string
}

/** The checklist as typed; `restReason` answers every line left open with "not needed". */
export interface TypedChecklist {
  readonly lines: readonly TypedLine[]
  readonly restReason: string
}

const wordsLengthMax = 1_000

/** The lines a form holds, or every problem with them. A line that nobody touched is no line. */
export function checkLines(
  { lines, restReason }: TypedChecklist,
  today: string,
): readonly ChecklistLine[] | readonly FieldProblem[] {
  const rest = restReason.trim()
  const touched = lines.flatMap(line => {
    if (!isUntouched(line)) return [line]
    return rest === '' ? [] : [{ ...line, answer: 'not-needed', words: rest }]
  })
  const problems = touched.flatMap(line => problemsOf(line, today))
  return problems.length > 0 ? problems : touched.map(readLine)
}

export function isLines(
  checked: readonly ChecklistLine[] | readonly FieldProblem[],
): checked is readonly ChecklistLine[] {
  return checked.every(each => 'action' in each)
}

/** The name of a line's field. */
export function lineField(action: ActionId, part: 'answer' | 'words' | 'owner' | 'due' | 'detail'): string {
  return part === 'answer' ? `action-${action}` : `${part}-${action}`
}

/** Lines that nobody has answered, and lines still to be done. */
export function openLines(lines: readonly ChecklistLine[]): {
  readonly unanswered: readonly ActionId[]
  readonly toDo: readonly ChecklistLine[]
} {
  const answered = new Set(lines.map(line => line.action))
  return {
    unanswered: actionIds.filter(id => !answered.has(id)),
    toDo: lines.filter(line => line.answer === 'to-do'),
  }
}

/** More open lines than this are counted, not named one by one. */
const namedMax = 4

/** What keeps a checklist from being complete: each open line, linked to its field. */
export function completenessProblems(lines: readonly ChecklistLine[]): readonly FieldProblem[] {
  const { unanswered, toDo } = openLines(lines)
  return [
    ...(unanswered.length > namedMax
      ? [
          {
            field: 'restReason',
            message: `Answer ${unanswered.length} open lines, or enter why they are not needed`,
          },
        ]
      : unanswered.map(id => ({
          field: lineField(id, 'answer'),
          message: `Answer “${actionOf(id).label}”, or enter why it is not needed`,
        }))),
    ...toDo.map(({ action }) => ({
      field: lineField(action, 'answer'),
      message: `“${actionOf(action).label}” is still to do`,
    })),
  ]
}

/**
 * MACE runs beside child protection and must not replace it: true where significant harm is suspected, the case is
 * at MACE, and nobody has referred the child to social care.
 */
export function replacesChildProtection(lines: readonly ChecklistLine[]): boolean {
  const answerOf = (id: ActionId) => lines.find(line => line.action === id)
  const mace = answerOf('mace')
  const isAtMace = mace !== undefined && mace.answer !== 'not-needed' && mace.detail === 'yes'
  return isAtMace && answerOf('social-care')?.answer !== 'done'
}

/** The lines that differ from what is stored already. */
export function changedLines(
  stored: readonly ChecklistLine[],
  lines: readonly ChecklistLine[],
): readonly ChecklistLine[] {
  const known = new Set(stored.map(sameness))
  return lines.filter(line => !known.has(sameness(line)))
}

/** What stands once these lines are saved. */
export function mergeLines(
  stored: readonly ChecklistLine[],
  lines: readonly ChecklistLine[],
): readonly ChecklistLine[] {
  const fresh = new Set(lines.map(line => line.action))
  return [...stored.filter(line => !fresh.has(line.action)), ...lines]
}

function sameness({ action, answer, words, owner, due, detail }: ChecklistLine): string {
  return JSON.stringify([action, answer, words, owner, due, detail])
}

function isUntouched({ answer, words, owner, due, detail }: TypedLine): boolean {
  return [answer, words, owner, due, detail].every(text => text.trim() === '')
}

function problemsOf(line: TypedLine, today: string): readonly FieldProblem[] {
  const { action, answer } = line
  const { label, asks } = actionOf(action)
  if (!isActionAnswer(answer))
    return [{ field: lineField(action, 'answer'), message: `Select done, not needed or to do: ${label}` }]
  const problems: FieldProblem[] = []
  const problem = (part: Parameters<typeof lineField>[1], message: string): void => {
    problems.push({ field: lineField(action, part), message: `${message}: ${label}` })
  }
  if (line.words.trim() === '') problem('words', wordsMissing[answer])
  if (line.words.length > wordsLengthMax)
    problem('words', `Use ${wordsLengthMax.toLocaleString('en-GB')} characters or fewer`)
  if (answer === 'to-do') {
    if (line.owner.trim() === '') problem('owner', 'Enter who will do it')
    const due = readDay(line.due)
    if (due === null) problem('due', 'Enter the day by which it will be done, such as 24/11/2026')
    else if (due < today) problem('due', 'Enter a day that is not in the past')
  }
  if (asks !== undefined && answer !== 'not-needed' && line.detail.trim() === '')
    problem('detail', asks.kind === 'text' ? 'Enter who leads' : 'Select yes or no')
  return problems
}

const wordsMissing: Readonly<Record<ActionAnswer, string>> = {
  done: 'Enter the evidence',
  'not-needed': 'Enter why it is not needed',
  'to-do': 'Enter what is to be done',
}

/** A line without problems. */
function readLine({ action, answer, words, owner, due, detail }: TypedLine): ChecklistLine {
  if (!isActionAnswer(answer)) throw new Error(`the answer to ${action} was not checked`)
  const isToDo = answer === 'to-do'
  const asked = actionOf(action).asks !== undefined && answer !== 'not-needed'
  return {
    action,
    answer,
    words: words.trim(),
    owner: isToDo ? owner.trim() : null,
    due: isToDo ? readDay(due) : null,
    detail: asked ? detail.trim() : null,
  }
}

/** day = D/M/YYYY, with slashes, dots, dashes or spaces, as people write it here. An ISO day, or null. */
function readDay(text: string): string | null {
  const [, day, month, year] = /^\s*(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})\s*$/.exec(text) ?? []
  if (day === undefined || month === undefined || year === undefined) return null
  const parts = { day: Number(day), month: Number(month), year: Number(year) }
  try {
    return Temporal.PlainDate.from(parts, { overflow: 'reject' }).toString()
  } catch {
    return null // the 30th of February
  }
}

/** A day as `readDay` reads it. */
export function typedDay(isoDay: string): string {
  const { day, month, year } = Temporal.PlainDate.from(isoDay)
  return `${day}/${month}/${year}`
}

function isActionAnswer(text: string): text is ActionAnswer {
  return Object.hasOwn(actionAnswers, text)
}
