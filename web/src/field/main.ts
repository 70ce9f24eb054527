import { createApp } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import '../ui/tokens.css'
import '../ui/base.css'
import { addWords, lang, setLang } from '../i18n'
import { common as zhCommon } from '../i18n/zh-CN/common'
import { common as enCommon } from '../i18n/en/common'
import { formWords as zhForms } from '../i18n/zh-CN/forms'
import { formWords as enForms } from '../i18n/en/forms'
import { fieldWords as zh } from '../i18n/zh-CN/field'
import { fieldWords as en } from '../i18n/en/field'
import { elder, setElder } from '../ui/a11y'
import App from './App.vue'
import JobPage from './JobPage.vue'
import JobsPage from './JobsPage.vue'
import OutboxPage from './OutboxPage.vue'

// The service worker's scope is `/m/` and what is below it; a page at `/m` would not be its own.
if (location.pathname === '/m') location.replace(`/m/${location.search}`)

addWords(zhCommon, enCommon)
addWords(zhForms, enForms)
addWords(zh, en)
setLang(lang.value)
setElder(elder())
document.documentElement.dataset.theme = 'light'

const router = createRouter({
  history: createWebHistory('/m'),
  routes: [
    { path: '/', component: JobsPage },
    { path: '/job/:id(\\d+)', component: JobPage, props: (route) => ({ id: Number(route.params.id) }) },
    { path: '/outbox', component: OutboxPage },
    { path: '/:rest(.*)', redirect: '/' },
  ],
})
createApp(App).use(router).mount('#app')

if ('serviceWorker' in navigator && import.meta.env.PROD) {
  // Without it the page works online only, which is no reason to fail.
  navigator.serviceWorker.register('/m/sw.js', { scope: '/m/' }).catch(() => undefined)
}
