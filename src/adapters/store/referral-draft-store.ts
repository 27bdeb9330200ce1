import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { AssessmentForm } from '../../referral/assessment-form.ts'
import type { FormStore, ReferralDraftStore } from '../../services/referral-draft-port.ts'
import type { Tables } from './tables.ts'

const answersSchema = z.record(z.string(), z.string())

export function referralDraftStore(database: Kysely<Tables>): ReferralDraftStore {
  return {
    find: async ({ flagId, username }) => {
      const row = await database
        .selectFrom('referral_draft')
        .selectAll()
        .where('flag_id', '=', flagId)
        .where('username', '=', username)
        .executeTakeFirst()
      if (row === undefined) return null
      const answers = answersSchema.parse(row.answers)
      return { formVersion: row.form_version, answers, savedAt: row.saved_at }
    },
    save: async ({ flagId, username, formVersion, answers, savedAt }) => {
      const typed = { form_version: formVersion, answers: JSON.stringify(answers), saved_at: savedAt }
      await database
        .insertInto('referral_draft')
        .values({ flag_id: flagId, username, ...typed })
        .onConflict(conflict => conflict.columns(['flag_id', 'username']).doUpdateSet(typed))
        .execute()
    },
    discard: async ({ flagId, username }) => {
      await database
        .deleteFrom('referral_draft')
        .where('flag_id', '=', flagId)
        .where('username', '=', username)
        .execute()
    },
    discardBefore: async instant => {
      const { numDeletedRows } = await database
        .deleteFrom('referral_draft')
        .where('saved_at', '<', instant)
        .executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}

const optionSchema = z.object({ value: z.string(), label: z.string() })
const formSchema: z.ZodType<AssessmentForm> = z.object({
  version: z.string(),
  title: z.string(),
  overall: z.array(optionSchema),
  lawfulBases: z.array(optionSchema),
  sections: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      intro: z.string().nullable(),
      questions: z.array(
        z.object({
          id: z.string(),
          ask: z.enum(['indicator', 'words', 'choice']),
          label: z.string(),
          hint: z.string().nullable(),
          options: z.array(optionSchema),
          required: z.boolean(),
          missing: z.string(),
          onlyIf: z.object({ question: z.string(), is: z.array(z.string()) }).nullable(),
          evidenceFrom: z.array(z.string()),
          carriedOver: z.boolean(),
        }),
      ),
    }),
  ),
})

export function formStore(database: Kysely<Tables>): FormStore {
  return {
    keep: async form => {
      await database
        .insertInto('assessment_form')
        .values({ version: form.version, form: JSON.stringify(form) })
        .onConflict(conflict => conflict.column('version').doNothing())
        .execute()
    },
    version: async version => {
      const row = await database
        .selectFrom('assessment_form')
        .select('form')
        .where('version', '=', version)
        .executeTakeFirst()
      return row === undefined ? null : formSchema.parse(row.form)
    },
  }
}
