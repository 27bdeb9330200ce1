// Adds to the review of an attendance: what is typed is kept on the server as it is typed, ready phrases are put where
// the cursor is, and the first presses on the next attendance are not taken for answers to the one before.
keepTyped()
insertPhrases()
beginNext()

/** One second after the last key, and when the page is left. The form works without it. */
function keepTyped() {
  const form = document.querySelector('form[data-app-typed]')
  const told = document.querySelector('[data-app-typed-told]')
  if (!(form instanceof HTMLFormElement) || told === null) return
  let timer
  let isLeaving = false
  const send = () => {
    const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)])
    return fetch(form.dataset.appTyped, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
      keepalive: true,
    }).catch(() => null)
  }
  const keep = async () => {
    timer = undefined
    let answer = await send()
    // Somebody signed in again beside this page: its forms get the token of the session that there is now.
    if (answer?.status === 403 && (await renewToken())) answer = await send()
    const isKept = answer?.status === 204
    told.textContent = isKept
      ? 'Kept as you type, for you only. It is not saved yet.'
      : 'What you type cannot be kept at this moment: it is only on this page.'
    if (isKept) document.dispatchEvent(new Event('app:seen'))
  }
  const later = event => {
    if (event.target?.form !== form || isLeaving) return
    clearTimeout(timer)
    timer = setTimeout(() => void keep(), 1_000)
  }
  document.addEventListener('input', later)
  document.addEventListener('change', later)
  // What is being saved is no draft any more: nothing may be kept after it.
  document.addEventListener('submit', () => {
    clearTimeout(timer)
    timer = undefined
    isLeaving = true
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && timer !== undefined) {
      clearTimeout(timer)
      void keep()
    }
  })
}

async function renewToken() {
  const answer = await fetch('/stay', { cache: 'no-store' }).catch(() => null)
  if (answer === null || !answer.ok || answer.redirected) return false
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const token = page.querySelector('input[name="_csrf"]')?.getAttribute('value')
  if (token == null) return false
  for (const input of document.querySelectorAll('input[name="_csrf"]')) input.setAttribute('value', token)
  return true
}

/** A phrase goes where the cursor is, as text to be changed. */
function insertPhrases() {
  document.addEventListener('click', event => {
    const button = event.target instanceof Element ? event.target.closest('[data-app-phrase]') : null
    if (button === null) return
    const field = document.getElementById(button.getAttribute('data-app-phrase'))
    if (!(field instanceof HTMLTextAreaElement)) return
    event.preventDefault()
    const before = field.value.slice(0, field.selectionStart)
    const gap = before === '' || before.endsWith('\n') ? '' : '\n'
    field.focus()
    field.setRangeText(`${gap}${button.textContent.trim()}`, field.selectionStart, field.selectionEnd, 'end')
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
}

/**
 * The next attendance: focus on its heading. After a save, which the banner tells of, nothing that is pressed in the
 * first 400 milliseconds counts, but for keys that only look around and the one that blanks the screen.
 */
function beginNext() {
  if (location.hash !== '#child') return
  document.getElementById('child')?.focus()
  if (document.querySelector('.nhsuk-notification-banner') === null) return
  const kinds = ['keydown', 'keypress', 'keyup', 'pointerdown', 'mousedown', 'click', 'submit']
  const ignore = event => {
    if (['Tab', 'Shift', 'Escape'].includes(event.key)) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  for (const kind of kinds) window.addEventListener(kind, ignore, { capture: true })
  setTimeout(() => {
    for (const kind of kinds) window.removeEventListener(kind, ignore, { capture: true })
  }, 400)
}
