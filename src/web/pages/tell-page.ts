import { wrongMatchKey } from '../../review/decision-form.ts'
import { openFlag } from '../../services/open-flag.ts'
import type { FlagFile } from '../../services/ports.ts'
import { checkExample, mentionOf, tellRulesTeam } from '../../services/tell-rules-team.ts'
import { presentPerson } from '../presenters/person.ts'
import { shown } from '../presenters/shown-text.ts'
import type { Answer, Visit } from '../visit.ts'

/** Says to the people who keep the rules what a match should have been. */
export async function showTell({ actor, params, query, wren }: Visit): Promise<Answer> {
  const file = await openFlag(wren.ports, { actor, flagId: params.text('id') })
  return file === null ? { kind: 'not-found' } : tellForm(file, { match: query.text('match'), example: '' })
}

export async function tell({ actor, params, form, wren }: Visit): Promise<Answer> {
  const file = await openFlag(wren.ports, { actor, flagId: params.text('id') })
  if (file === null) return { kind: 'not-found' }
  const typed = { match: form.text('match'), example: form.text('example') }
  const mention = mentionOf(file, typed.match)
  const problems = checkExample(typed.example, file)
  if (mention === null || problems.length > 0) return tellForm(file, typed, problems)
  await tellRulesTeam({ ...wren.ports, newId: wren.newId }, { actor, file, mention, example: typed.example })
  return {
    kind: 'redirect',
    to: `/flags/${file.flag.id}#why-flagged`,
    notice: {
      tone: 'success',
      text: `The rules team is told. Your sentence is proposed as an example of “${mention.ruleName}”.`,
      link: { href: '/rules/suggestions', text: 'See what nurses suggested' },
    },
  }
}

function tellForm(
  file: FlagFile,
  typed: { match: string; example: string },
  problems: readonly { field: string; message: string }[] = [],
): Answer {
  const mention = mentionOf(file, typed.match)
  if (mention === null) return { kind: 'not-found' }
  return {
    kind: 'page',
    view: 'tell.njk',
    title: 'Tell the rules team',
    status: problems.length > 0 ? 422 : 200,
    context: {
      flag: { id: file.flag.id },
      person: presentPerson(file.attendance),
      match: wrongMatchKey(mention),
      words: shown(mention.text),
      term: mention.term,
      rule: mention.ruleName,
      example: typed.example,
      problems,
    },
  }
}
