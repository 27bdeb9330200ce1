import type { Areas } from './areas.ts'
import type { AssessmentForm } from './assessment-form.ts'
import type { Service } from './services-directory.ts'
import type { BankHolidays } from './working-days.ts'

/** What a local team sets down in the `partnership` folder: where referrals go, what they ask, and what may help. */
export interface Partnership {
  readonly areas: Areas
  readonly form: AssessmentForm
  readonly services: readonly Service[]
  readonly holidays: BankHolidays
}
