// Adds to the queue: a line that says how many attendances have come or changed since the page was drawn. It asks once
// a minute and moves nothing; the nurse decides when the list is drawn anew.
tellNews()

function tellNews() {
  const line = document.querySelector('[data-app-waiting]')
  if (!(line instanceof HTMLElement)) return
  const drawn = versionsOf(line.dataset.appWaiting)
  let told = ''
  const look = async () => {
    const answer = await fetch('/waiting', { cache: 'no-store', redirect: 'manual' }).catch(() => null)
    if (answer?.status !== 200) return
    const { words, isOne } = newsOf(drawn, versionsOf((await answer.json()).waiting))
    if (words === told) return // what is said already is not announced again
    told = words
    line.replaceChildren(...(words === '' ? [] : [`${words} `, linkToShow(isOne)]))
  }
  setInterval(() => void look(), 60_000)
}

/** "id.version id.version" */
function versionsOf(text) {
  return new Map(text.split(' ').flatMap(each => (each === '' ? [] : [each.split('.')])))
}

function newsOf(drawn, now) {
  const come = [...now.keys()].filter(id => !drawn.has(id)).length
  const changed = [...drawn].filter(([id, version]) => now.get(id) !== version).length
  const parts = [
    come === 0 ? '' : `${come} more ${come === 1 ? 'has' : 'have'} come`,
    changed === 0 ? '' : `${changed} ${changed === 1 ? 'has' : 'have'} changed`,
  ].filter(part => part !== '')
  return { words: parts.length === 0 ? '' : `${parts.join(' and ')}.`, isOne: come + changed === 1 }
}

function linkToShow(isOne) {
  const link = document.createElement('a')
  link.href = `${location.pathname}${location.search}`
  link.textContent = isOne ? 'Show it' : 'Show them'
  return link
}
