// Adds to pages that work without it: the NHS components, the cover of the screen, and the warning before the
// session ends. No patient's words are read or kept here.
import {
  Button,
  createAll,
  ErrorSummary,
  Header,
  NotificationBanner,
  PasswordInput,
  SkipLink,
} from './nhsuk-frontend.js'

// Not the radios: what belongs to a choice is shown by the style sheet, with scripts and without.
for (const component of [Button, ErrorSummary, Header, NotificationBanner, PasswordInput, SkipLink]) {
  createAll(component)
}
coverScreen()
warnBeforeSignOut()
keepDraft()
offerPrinting()

/** A button that opens the browser's own printing; without scripts there is the browser's menu. */
function offerPrinting() {
  const button = document.querySelector('[data-app-print]')
  if (!(button instanceof HTMLButtonElement)) return
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

/** "Blank screen", Escape pressed twice, or five minutes without a press, covers the page. */
function coverScreen() {
  const cover = document.querySelector('[data-app-cover]')
  if (!(cover instanceof HTMLDialogElement)) return
  const show = () => {
    if (!cover.open) cover.showModal()
  }
  document.querySelector('[data-app-blank]')?.addEventListener('click', event => {
    event.preventDefault()
    show()
  })
  cover.querySelector('[data-app-uncover]')?.addEventListener('click', () => cover.close())
  cover.addEventListener('cancel', event => event.preventDefault())

  let lastEscapeMs = Number.NEGATIVE_INFINITY
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || cover.open) return
    if (event.timeStamp - lastEscapeMs < 600) show()
    lastEscapeMs = event.timeStamp
  })
  afterQuiet(5 * 60_000, show)
}

/** Two minutes before the end the nurse can stay; at the end the page leaves the screen by itself. */
function warnBeforeSignOut() {
  const warning = document.querySelector('[data-app-idle-minutes]')
  if (!(warning instanceof HTMLDialogElement)) return
  const idleMs = Number(warning.dataset.appIdleMinutes) * 60_000
  let seenAt = Date.now() // what the server saw last: the answer that brought this page
  const stay = async () => {
    const answer = await fetch('/stay', { method: 'GET', cache: 'no-store' })
    if (!answer.ok || answer.redirected) {
      leave()
      return
    }
    seenAt = Date.now()
    warning.close()
  }
  const leave = () => location.assign(`/sign-in?after=${encodeURIComponent(location.pathname)}`)
  // What is typed and kept is seen by the server too.
  document.addEventListener('app:seen', () => {
    seenAt = Date.now()
  })
  warning.querySelector('[data-app-stay]')?.addEventListener('click', () => void stay())
  setInterval(() => {
    const quietMs = Date.now() - seenAt
    if (quietMs >= idleMs) leave()
    else if (quietMs >= idleMs - 2 * 60_000 && !warning.open) warning.showModal()
  }, 5_000)
}

/** What is typed into a form that can be kept is kept as it is typed, two seconds after the last key. */
function keepDraft() {
  const form = document.querySelector('form[data-app-draft]')
  const told = document.querySelector('[data-app-draft-told]')
  if (!(form instanceof HTMLFormElement) || told === null) return
  let timer
  const keep = async () => {
    const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]))
    const answer = await fetch(form.dataset.appDraft, { method: 'POST', body, redirect: 'manual' }).catch(() => null)
    told.textContent =
      answer?.status === 204 ? 'Draft kept.' : 'Your draft could not be kept: what you typed is only on this page.'
  }
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => void keep(), 2_000)
  })
  form.addEventListener('submit', () => clearTimeout(timer))
}

/** Calls `act` whenever nothing was pressed or moved for so long. */
function afterQuiet(quietMs, act) {
  let timer = setTimeout(act, quietMs)
  for (const kind of ['keydown', 'pointerdown', 'pointermove', 'scroll']) {
    document.addEventListener(
      kind,
      () => {
        clearTimeout(timer)
        timer = setTimeout(act, quietMs)
      },
      { passive: true },
    )
  }
}
