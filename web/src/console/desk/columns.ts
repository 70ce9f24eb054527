// Columns of the desk, what decides first: time left, what, whose, where.
import { t } from '../../i18n'
import type { Column } from '../../ui/columns'

export function columns(): Column[] {
  return [
    { key: 'left', title: t('desk.left'), width: '124px', fixed: true },
    { key: 'title', title: t('desk.what'), width: 'minmax(180px, 2fr)', fixed: true },
    { key: 'state', title: t('desk.state'), width: '96px' },
    { key: 'holder', title: t('desk.holder'), width: 'minmax(110px, 1fr)' },
    { key: 'place', title: t('desk.place'), width: 'minmax(110px, 1fr)' },
    { key: 'category', title: t('desk.category'), width: '110px' },
    { key: 'reports', title: t('desk.reports'), width: '58px', number: true },
    { key: 'source', title: t('desk.source'), width: '90px' },
    { key: 'opened', title: t('desk.opened'), width: '100px' },
    { key: 'number', title: t('desk.number'), width: '172px' },
  ]
}
