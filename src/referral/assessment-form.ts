/** What somebody filled in, as typed: field name to text. A field that is not there is not answered. */
export type Answers = Readonly<Record<string, string>>

export interface Option {
  readonly value: string
  readonly label: string
}

/** One thing that is asked. */
export interface Question {
  readonly id: string
  /** `indicator`: a level and its evidence. `words`: free text. `choice`: one of the options. */
  readonly ask: 'indicator' | 'words' | 'choice'
  readonly label: string
  readonly hint: string | null
  /** Of a choice, and the levels of an indicator. */
  readonly options: readonly Option[]
  readonly required: boolean
  /** What is said where a required answer is missing. */
  readonly missing: string
  /** Asked only where another question has one of these answers. */
  readonly onlyIf: { readonly question: string; readonly is: readonly string[] } | null
  /** Themes and ids of rules whose mentions are quoted as evidence. */
  readonly evidenceFrom: readonly string[]
  /** What an earlier referral of the same child said stands here again, with its day. */
  readonly carriedOver: boolean
}

export interface Section {
  readonly id: string
  readonly title: string
  readonly intro: string | null
  readonly questions: readonly Question[]
}

/** The risk assessment of the partnership, from `partnership/risk-assessment.yaml`. */
export interface AssessmentForm {
  /** Made of what the file says: another wording is another version. */
  readonly version: string
  readonly title: string
  readonly sections: readonly Section[]
  readonly overall: readonly Option[]
  readonly lawfulBases: readonly Option[]
}

/** An answer that every indicator offers, and has until somebody answers. */
export const notKnown: Option = { value: 'unknown', label: 'Not known' }

/** The names of an indicator's two fields. Every other question has one field, with its id. */
export function indicatorFields(id: string): { readonly level: string; readonly evidence: string } {
  return { level: `level-${id}`, evidence: `evidence-${id}` }
}

export function fieldsOfQuestion({ id, ask }: Pick<Question, 'id' | 'ask'>): readonly string[] {
  return ask === 'indicator' ? Object.values(indicatorFields(id)) : [id]
}

export function answerTo(answers: Answers, field: string): string {
  return (answers[field] ?? '').trim()
}

/** The level of an indicator: not known until somebody says more. */
export function levelOf(answers: Answers, { id, options }: Pick<Question, 'id' | 'options'>): Option {
  const given = answerTo(answers, indicatorFields(id).level)
  return options.find(({ value }) => value === given) ?? notKnown
}

/** The option chosen; null where none, or one that the question does not offer. */
export function chosen(answers: Answers, { id, options }: Pick<Question, 'id' | 'options'>): Option | null {
  const given = answerTo(answers, id)
  return options.find(({ value }) => value === given) ?? null
}

export function isAsked({ onlyIf }: Pick<Question, 'onlyIf'>, answers: Answers): boolean {
  return onlyIf === null || onlyIf.is.includes(answerTo(answers, onlyIf.question))
}
