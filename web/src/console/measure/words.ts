// The words of the boards; they come with these pages and cost the others nothing.
import { addWords } from '../../i18n'
import { boardWords as zh } from '../../i18n/zh-CN/board'
import { boardWords as en } from '../../i18n/en/board'

addWords(zh, en)
