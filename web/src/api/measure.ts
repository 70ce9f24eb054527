// Every request about what is measured, one function each.
import { BASE, ask, clean, client } from './client'
import type { components, paths } from './schema'

type Schemas = components['schemas']
export type Indicator = Schemas['IndicatorView']
export type Scorecard = Schemas['ScorecardView']
export type Board = Schemas['BoardView']
export type BoardRow = Schemas['BoardSubject']
export type Value = Schemas['ValueView']
export type ValueRows = Schemas['ValueRows']
export type Side = NonNullable<NonNullable<paths['/api/v1/indicators/{id}/rows']['get']['parameters']['query']>['side']>

export const listScorecards = (): Promise<{ items: Scorecard[] }> => ask(client.GET('/api/v1/scorecards'))
export const getBoard = (id: string, period: string): Promise<Board> =>
  ask(client.GET('/api/v1/scorecards/{id}/board', { params: { path: { id }, query: { period } } }))
export const getValue = (id: string, subject: string, period: string): Promise<Value> =>
  ask(client.GET('/api/v1/indicators/{id}/value', { params: { path: { id }, query: { subject, period } } }))
export const valueRows = (id: string, subject: string, period: string, side: Side, after?: string): Promise<ValueRows> =>
  ask(client.GET('/api/v1/indicators/{id}/rows', { params: { path: { id }, query: clean({ subject, period, side, after }) } }))
/** Where a board can be had as a workbook; the server notes who took it. */
export const boardAddress = (id: string, period: string): string =>
  `${BASE}/scorecards/${encodeURIComponent(id)}/board-file?${new URLSearchParams({ period }).toString()}`
