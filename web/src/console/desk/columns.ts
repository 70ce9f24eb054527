// Columns of the desk, what decides first: time left, what, whose, where.
import { t } from '../../i18n'
import type { Column } from '../../ui/columns'

export function columns(): Column[] {
  return [
    { key: 'left', title: t('desk.left'), width: 150, fixed: true },
    { key: 'title', title: t('desk.what'), width: 180, grow: 2, fixed: true },
    { key: 'state', title: t('desk.state'), width: 108 },
    { key: 'holder', title: t('desk.holder'), width: 120, grow: 1 },
    { key: 'place', title: t('desk.place'), width: 120, grow: 1 },
    { key: 'category', title: t('desk.category'), width: 130, off: true },
    { key: 'reports', title: t('desk.reports'), width: 72, number: true },
    { key: 'source', title: t('desk.source'), width: 90 },
    { key: 'opened', title: t('desk.opened'), width: 100 },
    { key: 'number', title: t('desk.number'), width: 172 },
  ]
}
