// The words of the plan's pages; they come with these pages and cost the others nothing.
import { addWords } from '../../i18n'
import { planWords as zh } from '../../i18n/zh-CN/plan'
import { planWords as en } from '../../i18n/en/plan'
import { planWorkWords as zhWork } from '../../i18n/zh-CN/planWork'
import { planWorkWords as enWork } from '../../i18n/en/planWork'

addWords(zh, en)
addWords(zhWork, enWork)
