import type { AssessmentForm, Option, Question, Section } from './assessment-form.ts'

const yesOrNo: readonly Option[] = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
]

export const consents = {
  given: 'Asked, and given',
  refused: 'Asked, and refused',
  'not-asked': 'Not asked',
} as const
export type Consent = keyof typeof consents

export const socialCareAnswers = {
  referred: 'Yes, referred',
  'referring-now': 'Yes, I am doing it now',
  no: 'No',
} as const

const harm = { question: 'significantHarm', is: ['yes'] }
const withoutConsent = { question: 'consent', is: ['refused', 'not-asked'] }

/**
 * What every referral asks, whatever the file of the partnership asks besides: these answers decide whether it may
 * go, and where. Consent is recorded and never blocks: a child's safety does not depend on it.
 */
export function ownSections({ overall, lawfulBases }: AssessmentForm): {
  readonly concern: Section
  readonly judgement: Section
  readonly duties: Section
  readonly consent: Section
} {
  return {
    concern: section('concern', 'Concern', [
      words('concerns', 'What are you worried about?', {
        hint: 'Write facts; others will read this. Say what was seen or said, and by whom',
        missing: 'Enter what you are worried about',
        required: true,
      }),
    ]),
    judgement: section('judgement', 'Your judgement', [
      choice('overall', 'Overall risk', overall, {
        missing: 'Select the overall risk, or that it cannot be judged yet',
        required: true,
      }),
    ]),
    duties: section('duties', 'Harm, social care and police', [
      choice(
        'significantHarm',
        'Is the child suffering, or likely to suffer, significant harm?',
        [...yesOrNo, { value: 'unknown', label: 'Not known' }],
        { missing: 'Select whether the child may be suffering significant harm', required: true },
      ),
      choice('socialCare', 'Is there a referral to children’s social care?', optionsOf(socialCareAnswers), {
        missing: 'Select whether there is a referral to social care',
        required: true,
      }),
      words('socialCareWords', 'To whom, when, and under which reference?', {
        onlyIf: { question: 'socialCare', is: ['referred', 'referring-now'] },
        missing: 'Enter to whom and when social care was told',
        required: true,
      }),
      choice(
        'strategyDiscussion',
        'Strategy discussion',
        [
          { value: 'held', label: 'Held' },
          { value: 'asked-for', label: 'Asked for' },
          { value: 'not-needed', label: 'Not needed' },
        ],
        {
          onlyIf: harm,
          missing: 'Select whether a strategy discussion was held or asked for',
          required: true,
        },
      ),
      choice('mace', 'Tell MACE as well?', yesOrNo, {
        hint: 'It runs beside child protection. It never replaces a strategy discussion',
      }),
      choice('trafficking', 'Could the child have been trafficked or exploited for others’ gain?', [
        ...yesOrNo,
        { value: 'unknown', label: 'Not known' },
      ]),
      words('nrmLead', 'Who leads on the National Referral Mechanism?', {
        hint: 'An organisation that may refer, such as police or social care, and a name. A trust may not',
        onlyIf: { question: 'trafficking', is: ['yes'] },
        missing: 'Enter who leads on the National Referral Mechanism',
        required: true,
      }),
      words('nrmReference', 'Their reference and day, once there is one', {
        onlyIf: { question: 'trafficking', is: ['yes'] },
      }),
      choice('police', 'Have the police been told?', [
        ...yesOrNo,
        { value: 'not-needed', label: 'Not needed' },
      ]),
      words('policeReason', 'Why not? Or the reference of the police', {
        onlyIf: { question: 'police', is: ['yes', 'no', 'not-needed'] },
        missing: 'Enter why the police were not told',
      }),
    ]),
    consent: section('consent', 'Consent, parents and capacity', [
      choice('consent', 'Was consent asked for?', optionsOf(consents), {
        missing: 'Select whether consent was asked for and given',
        required: true,
      }),
      words('consentReason', 'Why share it without consent?', {
        onlyIf: withoutConsent,
        missing: 'Enter why you are sharing this without consent',
        required: true,
      }),
      choice('lawfulBasis', 'On what lawful basis?', lawfulBases, {
        onlyIf: withoutConsent,
        missing: 'Select the lawful basis for sharing it',
        required: true,
      }),
      choice('parentsInformed', 'Were the parents or carers told?', yesOrNo, {
        missing: 'Select whether the parents or carers were told',
        required: true,
      }),
      words('parentsReason', 'Why were they not told?', {
        onlyIf: { question: 'parentsInformed', is: ['no'] },
        missing: 'Enter why the parents or carers were not told',
        required: true,
      }),
      choice('capacity', 'Was capacity considered?', yesOrNo, {
        hint: 'Under 16: whether the child can decide for themselves (Gillick)',
        missing: 'Select whether capacity was considered',
        required: true,
      }),
      words('capacityNote', 'What was found?', { onlyIf: { question: 'capacity', is: ['yes'] } }),
    ]),
  }
}

/** Every section of a referral in the order in which a nurse fills it in. */
export function allSections(form: AssessmentForm): readonly Section[] {
  const { concern, judgement, duties, consent } = ownSections(form)
  return [concern, ...form.sections, judgement, duties, consent]
}

/** Names that a form of the partnership may not use for its own questions. */
export function isOwnName(id: string): boolean {
  const empty = { version: '', title: '', sections: [], overall: [], lawfulBases: [] }
  return id === 'destination' || id === 'harmReason' || id === 'version' || id === '_csrf'
    ? true
    : allSections(empty).some(({ questions }) => questions.some(question => question.id === id))
}

function section(id: string, title: string, questions: readonly Question[]): Section {
  return { id, title, intro: null, questions }
}

const nothing = {
  hint: null,
  options: [],
  required: false,
  missing: '',
  onlyIf: null,
  evidenceFrom: [],
  carriedOver: false,
} as const

function words(id: string, label: string, wishes: Partial<Question> = {}): Question {
  return { ...nothing, id, ask: 'words', label, ...wishes }
}

function choice(
  id: string,
  label: string,
  options: readonly Option[],
  wishes: Partial<Question> = {},
): Question {
  return { ...nothing, id, ask: 'choice', label, options, ...wishes }
}

function optionsOf(table: Readonly<Record<string, string>>): readonly Option[] {
  return Object.entries(table).map(([value, label]) => ({ value, label }))
}
