import { noActionKinds } from '../../review/decision.ts'
import { emptyDecisionForm } from '../../review/decision-form.ts'
import {
  actInBulk,
  type BulkAct,
  type BulkRule,
  bulkMax,
  checkBulk,
  listBulk,
} from '../../services/close-in-bulk.ts'
import { listRecipients } from '../../services/hand-over.ts'
import type { QueueRow } from '../../services/ports.ts'
import type { Fields } from '../fields.ts'
import { count } from '../presenters/dates.ts'
import { presentExcerpt } from '../presenters/excerpt.ts'
import { presentPerson } from '../presenters/person.ts'
import { shown } from '../presenters/shown-text.ts'
import { presentRecipients } from '../presenters/work.ts'
import type { Answer, Visit } from '../visit.ts'

/** The rules of the low band, then the attendances of one of them to choose from. */
export async function showBulk(visit: Visit): Promise<Answer> {
  const { actor, query, wren } = visit
  const rules = await listBulk(wren.ports, actor)
  const id = query.text('rule')
  const rule = rules.find(each => each.rule === id)
  if (rule !== undefined) return chooseView(visit, rule, { form: null, problems: [] })
  return {
    kind: 'page',
    view: 'bulk-rules.njk',
    title: 'Close several of one rule',
    context: {
      rules: rules.map(({ rule: each, name, rows }) => ({
        href: `/bulk?rule=${encodeURIComponent(each)}`,
        name,
        count: count(rows.length, 'attendance'),
      })),
    },
  }
}

/** Every name, to be read before anything is saved. */
export async function checkChosen(visit: Visit): Promise<Answer> {
  const { actor, form, wren } = visit
  const rule = (await listBulk(wren.ports, actor)).find(each => each.rule === form.text('rule'))
  if (rule === undefined) return gone
  const recipients = await listRecipients(wren.ports.accounts, actor)
  const act = readAct(form)
  const checked = checkBulk({ chosen: chosenIn(form), act }, { rows: rule.rows, recipients })
  if ('problems' in checked) return chooseView(visit, rule, { form, problems: checked.problems })
  return {
    kind: 'page',
    view: 'bulk-check.njk',
    title: 'Read every name',
    context: {
      rule: { id: rule.rule, name: rule.name },
      rows: checked.rows.map(presentChosen),
      isHandOver: act.kind === 'hand-over',
      noAction: act.kind === 'no-action' ? labelOf(act.form.noAction) : null,
      recipient:
        act.kind === 'hand-over'
          ? presentRecipients(recipients).find(({ value }) => value === act.form.to)?.text
          : null,
      words: shown(act.kind === 'no-action' ? act.form.reason : act.form.note),
      fields: ['rule', 'act', 'noAction', 'reason', 'to', 'note'].map(name => ({
        name,
        value: form.text(name),
      })),
    },
  }
}

/** Saves what was read on the page before. */
export async function saveBulk(visit: Visit): Promise<Answer> {
  const { actor, form, wren } = visit
  const rule = (await listBulk(wren.ports, actor)).find(each => each.rule === form.text('rule'))
  if (rule === undefined) return gone
  const act = readAct(form)
  const chosen = rule.rows.filter(({ flag }) => form.text(fieldOf(flag.id)) === String(flag.version))
  const asked = chosenIn(form).length
  const flags = chosen.slice(0, bulkMax).map(({ flag }) => ({ flagId: flag.id, version: flag.version }))
  const saved = await actInBulk({ ...wren.ports, newId: wren.newId }, { actor, flags, act })
  if (act.kind === 'no-action') for (let each = 0; each < saved; each++) wren.hooks.onDecision('no-action')
  const left = asked - saved
  const done = act.kind === 'no-action' ? 'closed with no action needed' : 'handed over'
  const rest = left === 0 ? '' : ` ${count(left, 'attendance')} changed meanwhile and stays on the list.`
  return {
    kind: 'redirect',
    to: '/',
    notice: { tone: 'success', text: `${count(saved, 'attendance')} ${done}.${rest}` },
  }
}

const gone: Answer = {
  kind: 'redirect',
  to: '/bulk',
  notice: { tone: 'information', text: 'None of these wait any more. This is how the list stands now.' },
}

async function chooseView(
  { actor, wren }: Visit,
  { rule, name, rows }: BulkRule,
  typed: { form: Fields | null; problems: readonly { field: string; message: string }[] },
): Promise<Answer> {
  const { form, problems } = typed
  const text = (field: string): string => form?.text(field) ?? ''
  return {
    kind: 'page',
    view: 'bulk-choose.njk',
    title: 'Choose attendances',
    status: problems.length > 0 ? 422 : 200,
    context: {
      rule: { id: rule, name },
      bulkMax,
      rows: rows.map(row => ({ ...presentChosen(row), isChosen: text(fieldOf(row.flag.id)) !== '' })),
      act: text('act') === '' ? 'no-action' : text('act'),
      noActionKinds: Object.entries(noActionKinds).map(([value, label]) => ({ value, text: label })),
      noAction: text('noAction'),
      reason: text('reason'),
      to: text('to'),
      note: text('note'),
      recipients: presentRecipients(await listRecipients(wren.ports.accounts, actor)),
      problems,
    },
  }
}

function presentChosen(row: QueueRow) {
  const { flag, attendance, mentions } = row
  const live = mentions.filter(mention => mention.standing !== 'set-aside' && !mention.trial)
  return {
    field: fieldOf(flag.id),
    version: flag.version,
    href: `/flags/${flag.id}`,
    person: presentPerson(attendance),
    excerpts: presentExcerpt(attendance, live),
  }
}

function fieldOf(flagId: string): string {
  return `chosen-${flagId}`
}

function chosenIn(form: Fields): readonly string[] {
  return Object.entries(form.all()).flatMap(([name, value]) =>
    name.startsWith('chosen-') && value !== '' ? [name.slice('chosen-'.length)] : [],
  )
}

function readAct(form: Fields): BulkAct {
  if (form.text('act') === 'hand-over')
    return { kind: 'hand-over', form: { to: form.text('to'), note: form.text('note') } }
  const [noAction, reason] = [form.text('noAction'), form.text('reason')]
  return { kind: 'no-action', form: { ...emptyDecisionForm, outcome: 'no-action', noAction, reason } }
}

function labelOf(kind: string): string {
  return Object.entries(noActionKinds).find(([value]) => value === kind)?.[1] ?? ''
}
