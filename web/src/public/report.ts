// The body of a report.
import type { Photo } from '../forms/photo'
import type { Lang } from '../i18n'

export interface Draft {
  text: string
  category: string | null
  at: [number, number] | null
  address: string
  name: string
  phone: string
  /** Number of an open case that is the same matter. */
  follow: string | null
}

/** As the server takes it. Without words of the reporter's own, the category's title says what it is about. */
export function reportForm(draft: Draft, photos: readonly Photo[], categoryTitle: string, lang: Lang): FormData {
  const form = new FormData()
  form.append('text', draft.text.trim() || categoryTitle)
  form.append('lang', lang)
  if (draft.category) form.append('category', draft.category)
  if (draft.at) {
    form.append('lon', draft.at[0].toFixed(7))
    form.append('lat', draft.at[1].toFixed(7))
  }
  for (const name of ['address', 'name', 'phone'] as const) {
    if (draft[name].trim()) form.append(name, draft[name].trim())
  }
  if (draft.follow) form.append('follow', draft.follow)
  for (const photo of photos) form.append('file', new Blob([photo.bytes], { type: photo.type }), `${photo.key}.jpg`)
  return form
}
