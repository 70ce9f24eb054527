// The board of a scorecard. Card, period and what is explained stand in the address.
import type { RouteRecordRaw } from 'vue-router'

export const measureRoutes: RouteRecordRaw[] = [{ path: '/board', component: () => import('./BoardPage.vue') }]
