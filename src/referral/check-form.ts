import type { FieldProblem } from '../review/decision-form.ts'
import {
  type Answers,
  answerTo,
  chosen,
  fieldsOfQuestion,
  isAsked,
  type Question,
} from './assessment-form.ts'
import { guardProblems } from './guards.ts'
import { allSections } from './own-questions.ts'
import type { ReferralForm } from './referral.ts'
import { textLengthMax } from './referral-schema.ts'
import { type Destination, destinations } from './routing.ts'

/** Fewer words than this say nothing that a partnership could act on: "Stabbed by older boys" has four. */
const concernWordsMin = 4

/** Every problem of a referral form, in the order of its fields; none: it may be authorised. */
export function checkReferralForm(referral: ReferralForm): readonly FieldProblem[] {
  const { form, answers, route } = referral
  const questions = allSections(form).flatMap(section => section.questions)
  return [
    ...(destinationOf(answers, route) === null
      ? [{ field: 'destination', message: 'Select where this referral goes' }]
      : []),
    ...questions.flatMap(question => problemsOf(question, answers)),
    ...guardProblems(referral),
  ]
}

/** Where it goes: the only destination of the route, or the one that the nurse chose; null while she has not. */
export function destinationOf(answers: Answers, route: ReferralForm['route']): Destination | null {
  const [first, ...others] = route.destinations
  if (first === undefined) return null
  if (others.length === 0 && route.kind === 'refer') return first
  const given = answerTo(answers, 'destination')
  return route.destinations.find(each => each === given) ?? null
}

export function destinationOptions({ destinations: offered }: ReferralForm['route']) {
  return offered.map(value => ({ value, label: capital(destinations[value]) }))
}

function problemsOf(question: Question, answers: Answers): FieldProblem[] {
  if (!isAsked(question, answers)) return []
  const tooLong = fieldsOfQuestion(question)
    .filter(field => answerTo(answers, field).length > textLengthMax)
    .map(field => ({
      field,
      message: `“${question.label}” must be ${textLengthMax.toLocaleString('en-GB')} characters or fewer`,
    }))
  return [...tooLong, ...missingFrom(question, answers)]
}

function missingFrom(question: Question, answers: Answers): FieldProblem[] {
  const { id, ask, required, missing } = question
  if (id === 'concerns') {
    const words = wordsIn(answerTo(answers, id))
    if (words === 0) return [{ field: id, message: missing }]
    if (words >= concernWordsMin) return []
    return [{ field: id, message: 'Say in at least one full sentence what you are worried about' }]
  }
  if (!required || ask === 'indicator') return [] // an indicator nobody answered is not known
  const isMissing = ask === 'choice' ? chosen(answers, question) === null : answerTo(answers, id) === ''
  return isMissing ? [{ field: id, message: missing }] : []
}

function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
