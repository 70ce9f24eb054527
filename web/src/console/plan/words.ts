// The words of the plan's pages; they come with these pages and cost the others nothing.
import { addWords } from '../../i18n'
import { planWords as zh } from '../../i18n/zh-CN/plan'
import { planWords as en } from '../../i18n/en/plan'

addWords(zh, en)
