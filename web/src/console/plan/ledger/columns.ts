// Columns of the ledger.
import { t } from '../../../i18n'
import type { Column } from '../../../ui/columns'

export function columns(): Column[] {
  return [
    { key: 'light', title: t('ledger.light'), width: 84, fixed: true },
    { key: 'id', title: t('ledger.id'), width: 68 },
    { key: 'what', title: t('ledger.what'), width: 240, grow: 3, fixed: true },
    { key: 'value', title: t('ledger.value'), width: 88, number: true },
    { key: 'target', title: t('ledger.target'), width: 110, number: true },
    { key: 'planned', title: t('ledger.planned'), width: 88, number: true },
    { key: 'forecast', title: t('ledger.why'), width: 220, grow: 2 },
    { key: 'age', title: t('ledger.age'), width: 86, number: true },
    { key: 'office', title: t('ledger.office'), width: 120, grow: 1 },
    { key: 'next', title: t('ledger.next'), width: 150, grow: 1 },
    { key: 'source', title: t('ledger.source'), width: 96 },
    { key: 'class', title: t('review.class'), width: 84, off: true },
    { key: 'weight', title: t('review.weight'), width: 60, number: true, off: true },
    { key: 'due', title: t('ledger.due'), width: 90, off: true },
  ]
}
