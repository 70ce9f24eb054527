// The server's shapes by the names the app uses. They are generated; nothing is written twice.
import type { components } from './schema'

type Schemas = components['schemas']

export type LightName = Schemas['Light']
export interface Listing<T> { items: T[]; next: string | null; total: number | null }
export type Problem = Schemas['Problem']
export type Because = Schemas['Refusal']
export type FieldFault = Schemas['FieldMessage']

export type Me = Schemas['Me']
export type DemoLogin = Schemas['DemoLogin']
export type Token = Schemas['TokenRow']

export type Field = Schemas['FieldView']
export type FieldKind = Schemas['FieldKind']
export type ProcedureDef = Schemas['ProcedureView']
export type Pack = Schemas['PackView']
export type CodeList = Schemas['CodeList']
export type Office = Schemas['Office']
export type Area = Schemas['Area']

export type CaseRow = Schemas['CaseRow']
export type CaseView = Schemas['CaseView']
export type CaseMove = Schemas['MoveView']
export type EvidenceRule = Schemas['EvidenceNeed']
export type Contact = Schemas['Contact']
export type Evidence = Schemas['EvidenceView']
export type HistoryItem = Schemas['HistoryRecord']
export type Count = Schemas['CaseCount']
export type CaseCounts = Schemas['CaseCounts']
/** The document can only say "number or text" of each place. */
export type MapPoint = [id: number, lon: number, lat: number, light: LightName]
export type MapPoints = { items: MapPoint[]; clipped: boolean }

export type NewCase = Schemas['NewCase']
export type MoveInput = Schemas['MoveInput']
export type ExtensionInput = Schemas['ExtensionInput']
export type FileMeta = Schemas['FileMeta']
export type StoredFile = Schemas['StoredFile']

export type PublicPack = Schemas['PublicPack']
export type PublicPromises = Schemas['Promises']
export type NearCase = Schemas['NearCase']
export type ReportReceipt = Schemas['ReportReceipt']
export type PublicCase = Schemas['ReportStatus']
export type Health = Schemas['Health']
export type AuditRow = Schemas['AuditRow']
export type VerifyResult = Schemas['VerifyResult']
