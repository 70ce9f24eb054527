import { createApp } from 'vue'
import '../ui/tokens.css'
import '../ui/base.css'
import { addWords, lang, setLang } from '../i18n'
import { common as zhCommon } from '../i18n/zh-CN/common'
import { common as enCommon } from '../i18n/en/common'
import { formWords as zhForms } from '../i18n/zh-CN/forms'
import { formWords as enForms } from '../i18n/en/forms'
import { consoleWords as zh } from '../i18n/zh-CN/console'
import { consoleWords as en } from '../i18n/en/console'
import { setTheme, theme } from '../ui/a11y'
import App from './App.vue'
import { router } from './router'

addWords(zhCommon, enCommon)
addWords(zhForms, enForms)
addWords(zh, en)
setLang(lang.value)
setTheme(theme())
createApp(App).use(router).mount('#app')
