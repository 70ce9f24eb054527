// A page made by the server, taken apart for a shadow root: its styles stay its own, its scripts (there are none) stay out.
/** Ends in a slash: an id may have a dot, and a last name with a dot asks the server for a file. */
export const procedureLink = (id: string): string => `/procedures/${encodeURIComponent(id)}/`

const DROPPED = 'script, iframe, object, embed, link, meta, base'

export function pageContent(html: string): Node[] {
  const page = new DOMParser().parseFromString(html, 'text/html')
  for (const node of page.querySelectorAll(DROPPED)) node.remove()
  for (const node of page.querySelectorAll('*')) {
    for (const { name } of [...node.attributes]) if (name.startsWith('on')) node.removeAttribute(name)
  }
  // The app's page has its heading already; one page has one.
  const heading = page.querySelector('h1')
  if (heading) {
    const second = page.createElement('h2')
    second.append(...heading.childNodes)
    heading.replaceWith(second)
  }
  const styles = [...page.head.querySelectorAll('style')]
  for (const style of styles) {
    style.textContent = (style.textContent ?? '').replace(/(^|[\s,}])(?::root|html|body)(?=[\s,{])/g, '$1.page')
  }
  const body = page.createElement('div')
  body.className = 'page'
  body.append(...page.body.childNodes)
  return [...styles, body]
}
