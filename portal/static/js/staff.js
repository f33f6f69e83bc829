// Keys for staff: a number or sign goes to its place, j and k walk through a list. Not while somebody types, and not
// when they switched them off (WCAG 2.1.4): on the page that lists them, in this browser alone.
const OFF = 'keys-off'
const kept = () => { try { return localStorage.getItem(OFF) } catch { return '1' } }

const places = () => [...document.querySelectorAll('main .row__title[href], main .table tbody th a')]
addEventListener('keydown', event => {
  const busy = event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented
  if (busy || event.target.closest?.('input, select, textarea, [contenteditable]') || kept()) return
  const step = { j: 1, k: -1 }[event.key]
  if (step) {
    const rows = places()
    const at = rows.indexOf(document.activeElement)
    rows[at < 0 ? 0 : at + step]?.focus()
  } else {
    document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click()
  }
})

for (const button of document.querySelectorAll('[data-keys]')) {
  const say = () => { button.textContent = kept() ? button.dataset.on : button.dataset.off }
  button.hidden = false
  button.onclick = () => {
    try { kept() ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, '1') } catch {}
    say()
  }
  say()
}
