// The pages of the plan: one shell that knows the plan, and what is done with it inside.
import type { Component } from 'vue'
import type { RouteLocationNormalized, RouteRecordRaw } from 'vue-router'
import { commitmentIn } from './at'

type Lazy = () => Promise<Component>
const number = (name: string) => (route: RouteLocationNormalized) => ({ [name]: Number(route.params[name]) })

// A list and what it opens are one part of the way, so that the list's tab stays lit.
const part = (path: string, list: Lazy, inner: string, page: Lazy, props: (route: RouteLocationNormalized) => object): RouteRecordRaw =>
  ({ path, children: [{ path: '', component: list }, { path: inner, component: page, props }] })

const inside: RouteRecordRaw[] = [
  { path: '', component: () => import('./StartPage.vue') },
  { path: 'review', component: () => import('./review/ReviewPage.vue') },
  part(
    'ledger', () => import('./ledger/LedgerPage.vue'), ':commitment', () => import('./ledger/LinePage.vue'),
    (route) => ({ commitment: commitmentIn(String(route.params.commitment)) }),
  ),
  part('letters', () => import('./letters/LettersPage.vue'), ':office(\\d+)', () => import('./letters/LetterPage.vue'), number('office')),
  { path: 'meetings', component: () => import('./meetings/MeetingsPage.vue') },
  part('circulars', () => import('./circulars/CircularsPage.vue'), ':circular(\\d+)', () => import('./circulars/CircularPage.vue'), number('circular')),
  part('appraisals', () => import('./appraisals/AppraisalsPage.vue'), ':appraisal(\\d+)', () => import('./appraisals/AppraisalPage.vue'), number('appraisal')),
]

export const planRoutes: RouteRecordRaw[] = [
  {
    path: '/plan',
    children: [
      { path: '', component: () => import('./PlansPage.vue') },
      { path: ':plan(\\d+)', component: () => import('./PlanShell.vue'), props: number('plan'), children: inside },
    ],
  },
]
