import { releaseAll } from '../../services/claim-flag.ts'
import { signIn } from '../../services/sign-in.ts'
import { homeOf } from '../home.ts'
import { roleNames } from '../presenters/role.ts'
import { signInWindowMinutes } from '../sign-in-limit.ts'
import type { Answer, OpenVisit } from '../visit.ts'

export async function showSignIn({ actor, query, wren }: OpenVisit): Promise<Answer> {
  if (actor !== null) return { kind: 'redirect', to: homeOf(actor.role) }
  return signInPage(wren, { after: query.text('after'), username: '', failure: null })
}

/** One failure for a wrong name, a wrong password and a disabled account: it never tells which names exist. */
export async function enter({ form, wren, signInLimit }: OpenVisit): Promise<Answer> {
  const [username, password, after] = [form.text('username'), form.text('password'), form.text('after')]
  if (await signInLimit.isReached()) {
    wren.hooks.onSignInFailure('limited')
    return signInPage(wren, { after, username, failure: failures.limited, status: 429 })
  }
  const account = await signIn(wren.ports, { username, password })
  if (account === null) {
    await signInLimit.countFailure()
    wren.hooks.onSignInFailure('wrong')
    return signInPage(wren, { after, username, failure: failures.wrong, status: 401 })
  }
  return { kind: 'signed-in', account, to: isOwnPath(after) ? after : homeOf(account.role) }
}

/** What the nurse had claimed is free for her colleagues at once. */
export async function leave({ actor, wren }: OpenVisit): Promise<Answer> {
  if (actor !== null) await releaseAll(wren.ports, actor)
  return { kind: 'signed-out' }
}

const failures = {
  wrong: 'The user name or the password is not right. Check both and try again',
  limited: `There were too many attempts. Wait ${signInWindowMinutes} minutes and try again`,
} as const

function signInPage(
  { settings }: OpenVisit['wren'],
  page: { after: string; username: string; failure: string | null; status?: number },
): Answer {
  const { status = 200, ...context } = page
  const demoSignIns = settings.isDemo ? settings.demoSignIns : []
  return {
    kind: 'page',
    view: 'sign-in.njk',
    title: page.failure === null ? 'Sign in' : 'Error: Sign in',
    status,
    context: {
      ...context,
      demoSignIns: demoSignIns.map(each => ({ ...each, roleName: roleNames[each.role] })),
    },
  }
}

/** A path of ours, never an address elsewhere: "//elsewhere" and "/\elsewhere" lead away. */
function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])[\w/?=&.%-]*$/.test(path)
}
