// Small improvements to pages that already work without them: leaving at once, one send per form, the idle warning,
// letters left, kept drafts. Nothing here is needed to use the portal.
const all = (what, todo) => document.querySelectorAll(what).forEach(todo)
const one = what => document.querySelector(what)
const shown = new Intl.NumberFormat(document.documentElement.lang)
const LEFT = 'left'

let lastAsked = Date.now()

// Leaving: blank the page and its title first, end the session, then replace this page in the history.
const exit = one('[data-exit]')
const blank = () => {
  document.title = '\u200b'
  document.body.replaceChildren()
  document.documentElement.style.background = '#fff'
}
const leave = event => {
  event?.preventDefault()
  blank()
  remember(true)
  // The next request of this browser is nobody's, even if it is quicker than the word that we left.
  document.cookie = 'left=1;path=/;samesite=lax' + (location.protocol === 'https:' ? ';secure' : '')
  const keys = unsent ? typedIn(unsent) : new FormData()
  keys.set('csrf_token', token)
  navigator.sendBeacon?.(exit.href, keys)
  location.replace(exit.dataset.to || exit.href)
}
const token = one('[name=csrf_token]')?.value || ''
const remember = left => {
  try {
    if (left) sessionStorage.setItem(LEFT, 1)
    else sessionStorage.removeItem(LEFT)
  } catch {}
}
const hasLeft = () => {
  try { return sessionStorage.getItem(LEFT) } catch { return null }
}
let presses = 0
let lastPress = 0
if (exit) {
  exit.addEventListener('click', leave)
  addEventListener('keydown', event => {
    presses = event.key === 'Shift' && !event.repeat ? (event.timeStamp - lastPress < 2000 ? presses + 1 : 1) : 0
    lastPress = event.timeStamp
    if (presses === 3) leave()
  })
}

// A page that comes back from the browser's memory after signing out is asked for again.
all('[data-sign-out]', form => form.addEventListener('submit', () => remember(true)))
remember(false)
addEventListener('pageshow', event => {
  all('form[data-sent]', form => delete form.dataset.sent)
  if (!event.persisted || !hasLeft()) return
  blank()
  location.reload()
})

// One send per form; the server's own key is the real guard.
addEventListener('submit', event => {
  const form = event.target
  if (form.method !== 'post' || event.defaultPrevented) return
  if (form.dataset.sent) event.preventDefault()
  form.dataset.sent = 1
  setTimeout(() => delete form.dataset.sent, 8000)
})

// Errors and answers take the focus; a link in the summary goes to its box.
one('[data-focus].summary, [data-focus][role=alert]')?.focus()

// Letters left.
all('[data-count]', box => {
  const line = document.getElementById(box.id + '-count')
  const most = +box.dataset.count
  let wait
  const say = () => {
    const left = most - [...box.value].length
    line.textContent = (left < 0 ? line.dataset.over : line.dataset.left) + ' ' + shown.format(Math.abs(left))
    line.classList.toggle('error', left < 0)
  }
  line.setAttribute('aria-live', 'polite')
  box.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(say, 400) })
  if (box.value) say()
})

// Drafts: what is typed is kept at the server two seconds after the last letter, and when one leaves.
const typedIn = form => {
  const body = new FormData(form)
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name)
  return body
}
let unsent
all('form[data-draft]', form => {
  const line = form.querySelector('[data-draft-said]')
  let wait
  const keep = async () => {
    const answer = await fetch(form.dataset.draft, { method: 'POST', body: typedIn(form) }).catch(() => null)
    if (!answer?.ok) return
    line.textContent = answer.status === 204 ? line.dataset.draftSaid : ''
    lastAsked = Date.now()
    unsent = null
  }
  form.addEventListener('input', () => { unsent = form; line.textContent = ''; clearTimeout(wait); wait = setTimeout(keep, 2000) })
  form.addEventListener('submit', () => clearTimeout(wait))
})

// Print buttons only where a script can print.
all('[data-print]', button => { button.hidden = false; button.onclick = () => print() })

// Idle: warn two minutes before the session ends; any answer keeps it; at the end the private page goes away.
const box = one('[data-minutes]')
if (box) {
  let before
  const stay = () => {
    box.hidden = true
    lastAsked = Date.now()
    fetch(location.href, { method: 'HEAD' })
    before?.focus()
  }
  one('[data-stay]').onclick = stay
  box.addEventListener('keydown', event => { if (event.key === 'Escape') stay() })
  setInterval(() => {
    const idle = (Date.now() - lastAsked) / 60000
    const limit = +box.dataset.minutes
    if (idle >= limit) location.replace(location.pathname + location.search)
    else if (box.hidden && idle >= limit - 2) {
      before = document.activeElement
      box.hidden = false
      box.focus()
    }
  }, 5000)
}
