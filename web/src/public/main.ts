import { createApp } from 'vue'
import '../ui/tokens.css'
import '../ui/base.css'
import { addWords, lang, setLang } from '../i18n'
import { common as zhCommon } from '../i18n/zh-CN/common'
import { common as enCommon } from '../i18n/en/common'
import { publicWords as zh } from '../i18n/zh-CN/public'
import { publicWords as en } from '../i18n/en/public'
import { elder, setElder } from '../ui/a11y'
import App from './App.vue'

addWords(zhCommon, enCommon)
addWords(zh, en)
setLang(lang.value)
setElder(elder())
document.documentElement.dataset.theme = 'light'
createApp(App).mount('#app')
