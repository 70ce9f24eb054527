// The pages of the plan: one shell that knows the plan, and what is done with it inside.
import type { RouteLocationNormalized, RouteRecordRaw } from 'vue-router'
import { commitmentIn } from './at'

const number = (name: string) => (route: RouteLocationNormalized) => ({ [name]: Number(route.params[name]) })

export const planRoutes: RouteRecordRaw[] = [
  { path: '/plan', component: () => import('./PlansPage.vue') },
  {
    path: '/plan/:plan(\\d+)',
    component: () => import('./PlanShell.vue'),
    props: number('plan'),
    children: [
      { path: '', component: () => import('./StartPage.vue') },
      { path: 'review', component: () => import('./review/ReviewPage.vue') },
      { path: 'ledger', component: () => import('./ledger/LedgerPage.vue') },
      {
        path: 'ledger/:commitment',
        component: () => import('./ledger/LinePage.vue'),
        props: (route) => ({ commitment: commitmentIn(String(route.params.commitment)) }),
      },
      { path: 'letters', component: () => import('./letters/LettersPage.vue') },
      { path: 'letters/:office(\\d+)', component: () => import('./letters/LetterPage.vue'), props: number('office') },
      { path: 'meetings', component: () => import('./meetings/MeetingsPage.vue') },
      { path: 'circulars', component: () => import('./circulars/CircularsPage.vue') },
      { path: 'circulars/:circular(\\d+)', component: () => import('./circulars/CircularPage.vue'), props: number('circular') },
      { path: 'appraisals', component: () => import('./appraisals/AppraisalsPage.vue') },
      { path: 'appraisals/:appraisal(\\d+)', component: () => import('./appraisals/AppraisalPage.vue'), props: number('appraisal') },
    ],
  },
]
