// Pages of the desk. Everything a page shows is in its address, so that it can be sent to a colleague.
import { createRouter, createWebHistory } from 'vue-router'
import { measureRoutes } from './measure/routes'
import { planRoutes } from './plan/routes'

export const router = createRouter({
  history: createWebHistory('/c'),
  routes: [
    { path: '/', redirect: '/desk' },
    { path: '/desk', component: () => import('./desk/DeskPage.vue') },
    { path: '/case/:id(\\d+)', component: () => import('./case/CasePage.vue'), props: (route) => ({ id: Number(route.params.id) }) },
    { path: '/new', component: () => import('./NewPage.vue') },
    { path: '/procedures', component: () => import('./ProceduresPage.vue') },
    { path: '/procedures/:id', component: () => import('./ProceduresPage.vue'), props: true },
    ...planRoutes,
    ...measureRoutes,
    { path: '/health', component: () => import('./HealthPage.vue') },
    { path: '/audit', component: () => import('./AuditPage.vue') },
    { path: '/account', component: () => import('./AccountPage.vue') },
    { path: '/:rest(.*)', component: () => import('./LostPage.vue') },
  ],
})
