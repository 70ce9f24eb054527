import { createApp } from 'vue'
import '../ui/tokens.css'
import '../ui/base.css'
import { addWords, lang, setLang } from '../i18n'
import { common as zhCommon } from '../i18n/zh-CN/common'
import { common as enCommon } from '../i18n/en/common'
import App from './App.vue'

addWords(zhCommon, enCommon)
setLang(lang.value)
document.documentElement.dataset.theme = 'dark'
createApp(App).mount('#app')
