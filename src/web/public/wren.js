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
  const leave = () =>
    location.assign(`/sign-in?after=${encodeURIComponent(`${location.pathname}${location.search}`)}`)
  // She may have been at work on another page: the server knows, and being asked does not count as work.
  const askWhenSeen = async () => {
    const askedAt = Date.now()
    const answer = await fetch('/seen', { cache: 'no-store', redirect: 'manual' }).catch(() => null)
    if (answer?.status === 200) seenAt = Math.max(seenAt, askedAt - (await answer.json()).quietMs)
  }
  // What is typed and kept is seen by the server too.
  document.addEventListener('app:seen', () => {
    seenAt = Date.now()
  })
  warning.querySelector('[data-app-stay]')?.addEventListener('click', () => void stay())
  const quietMs = () => Date.now() - seenAt
  const isLate = () => quietMs() >= idleMs - 2 * 60_000
  const look = async () => {
    if (isLate()) await askWhenSeen()
    if (!isLate()) warning.close()
    else if (quietMs() >= idleMs) leave()
    else if (!warning.open) warning.showModal()
  }
  setInterval(() => void look(), 5_000)
  document.addEventListener('visibilitychange', () => void look())
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

/** Calls `act` whenever nothing was pressed or moved for so long, by the clock: also after the computer slept. */
function afterQuiet(quietMs, act) {
  let pressedAt = Date.now()
  const look = () => {
    if (Date.now() - pressedAt >= quietMs) act()
  }
  for (const kind of ['keydown', 'pointerdown', 'pointermove', 'scroll']) {
    document.addEventListener(
      kind,
      () => {
        look() // the first press after a sleep shows nothing yet
        pressedAt = Date.now()
      },
      { passive: true, capture: true },
    )
  }
  document.addEventListener('visibilitychange', look)
  setInterval(look, 1_000)
}
