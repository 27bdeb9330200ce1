import {
  actionAnswers,
  type ChecklistAnswer,
  type ChecklistLine,
  lineField,
  openLines,
  type TypedChecklist,
  type TypedLine,
  typedDay,
} from '../../review/checklist.ts'
import { type ActionId, actionGroups, actionIds, actionOf } from '../../review/safeguarding-actions.ts'
import { count, dayAndTime, nearDay } from './dates.ts'
import { shown } from './shown-text.ts'

export interface ChecklistLook {
  readonly people: ReadonlyMap<string, string>
  /** ISO day. */
  readonly today: string
}

/** The checklist as a form: what is stored, or what was typed where it was not saved. */
export function presentChecklist(
  stored: readonly ChecklistAnswer[],
  typed: TypedChecklist | null,
  look: ChecklistLook,
) {
  const lineOf = (id: ActionId) => typed?.lines.find(line => line.action === id) ?? typedOf(stored, id)
  const groups = Object.entries(actionGroups).map(([group, label]) => ({
    label,
    lines: actionIds
      .filter(id => actionOf(id).group === group)
      .map(id => presentLine(lineOf(id), stored, look)),
  }))
  const { unanswered, toDo } = openLines(stored)
  return {
    groups,
    restReason: typed?.restReason ?? '',
    summary:
      stored.length === 0
        ? null
        : `${count(stored.length, 'line')} answered, ${toDo.length} to do, ${unanswered.length} open.`,
  }
}

/** What is to be done, for the list of open actions. */
export function presentToDo(lines: readonly ChecklistLine[], today: string) {
  return lines.map(({ action, words, owner, due }) => ({
    label: actionOf(action).label,
    words: shown(words),
    owner: shown(owner ?? ''),
    due: due === null ? '' : nearDay(due),
    isOverdue: due !== null && due < today,
  }))
}

/** The lines that were answered, to be read only. */
export function presentAnswers(stored: readonly ChecklistAnswer[], look: ChecklistLook) {
  return stored.map(line => ({
    label: actionOf(line.action).label,
    answer: actionAnswers[line.answer],
    words: shown(line.words),
    more: moreWords(line),
    isOverdue: line.due !== null && line.due < look.today,
    by: byWords(line, look),
  }))
}

function presentLine(line: TypedLine, stored: readonly ChecklistAnswer[], look: ChecklistLook) {
  const { action } = line
  const { label, hint, asks } = actionOf(action)
  const answer = stored.find(each => each.action === action)
  return {
    ...line,
    id: action,
    label,
    hint: hint ?? null,
    asks: asks ?? null,
    fields: {
      answer: lineField(action, 'answer'),
      words: lineField(action, 'words'),
      owner: lineField(action, 'owner'),
      due: lineField(action, 'due'),
      detail: lineField(action, 'detail'),
    },
    answers: Object.entries(actionAnswers).map(([value, text]) => ({ value, text })),
    by: answer === undefined ? null : byWords(answer, look),
    isOverdue: answer?.due != null && answer.due < look.today,
  }
}

function typedOf(stored: readonly ChecklistLine[], action: ActionId): TypedLine {
  const line = stored.find(each => each.action === action)
  return {
    action,
    answer: line?.answer ?? '',
    words: line?.words ?? '',
    owner: line?.owner ?? '',
    due: line?.due == null ? '' : typedDay(line.due),
    detail: line?.detail ?? '',
  }
}

function byWords({ answeredBy, answeredAt }: ChecklistAnswer, { people }: ChecklistLook): string {
  return `${people.get(answeredBy) ?? answeredBy}, ${dayAndTime(answeredAt)}`
}

function moreWords({ action, owner, due, detail }: ChecklistLine): string | null {
  const { asks } = actionOf(action)
  const parts = [
    owner === null ? null : `${shown(owner)}${due === null ? '' : `, by ${nearDay(due)}`}`,
    asks === undefined || detail === null ? null : `${asks.label} ${shown(detail)}`,
  ].filter(part => part !== null)
  return parts.length === 0 ? null : parts.join('. ')
}
