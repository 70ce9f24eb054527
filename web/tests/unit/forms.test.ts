import { beforeAll, describe, expect, it } from 'vitest'
import { addWords } from '../../src/i18n'
import { formWords as zh } from '../../src/i18n/zh-CN/forms'
import { formWords as en } from '../../src/i18n/en/forms'
import type { Field, FieldKind } from '../../src/api/types'
import { fenOf, yuanOf } from '../../src/forms/amount'
import { exifTime, readCapture } from '../../src/forms/exif'
import { linePoints, lineText } from '../../src/forms/line'
import { metaOf, shrunkSize, type Photo } from '../../src/forms/photo'
import { faults, filled, serverFaults } from '../../src/forms/validate'
import { reportForm } from '../../src/public/report'

beforeAll(() => addWords(zh, en))
const field = (kind: FieldKind, more: Partial<Field> = {}): Field =>
  ({ id: 'f', title: '字段', kind, required: false, max: null, min: null, unit: null, list: null, ref: null, sensitive: false, ...more })

describe('faults', () => {
  const check = (one: Field, value: unknown, expected: string | undefined): void => expect(faults([one], { f: value }).f).toBe(expected)
  it('asks for what is required', () => {
    check(field('text', { required: true }), '', '请填写“字段”')
    check(field('text'), '', undefined)
    check(field('bool', { required: true }), false, undefined)
  })
  it('knows numbers and their limits', () => {
    check(field('int'), '1.5', '请填整数')
    check(field('int'), 'x', '请填数字')
    check(field('int', { min: 1 }), 0, '不能小于 1')
    check(field('decimal', { max: 9 }), 9.5, '不能大于 9')
    check(field('decimal', { max: 9 }), 9, undefined)
  })
  it('knows the longest text', () => check(field('text', { max: 2 }), '三个字', '最多 2 个字'))
})

it('takes the server’s faults by the form’s own names', () => {
  expect(serverFaults([{ field: 'fields.category', message: '是必填项' }, { field: 'note', message: '太长' }])).toEqual({ category: '是必填项', note: '太长' })
})
it('sends only what was filled in', () => expect(filled({ a: '', b: null, c: 0, d: false, e: [] })).toEqual({ c: 0, d: false }))

describe('money', () => {
  const check = (typed: string, fen: number | string): void => expect(fenOf(typed)).toBe(fen)
  it('is typed in yuan and counted in fen', () => {
    check('12.5', 1250)
    check('1,000', 100_000)
    check('0.29', 29)
    check('', '')
    check('1.234', '1.234')
    expect(yuanOf(1250)).toBe('12.50')
    expect(yuanOf(100_000)).toBe('1000')
  })
})

describe('a line', () => {
  it('is one position a row', () => {
    expect(linePoints('113.6 34.7\n113.7, 34.8')).toEqual([[113.6, 34.7], [113.7, 34.8]])
    expect(linePoints('113.6')).toBeNull()
    expect(lineText([[1, 2], [3, 4]])).toBe('1 2\n3 4')
  })
})

describe('photos', () => {
  const photo: Photo = { key: 'k', bytes: new ArrayBuffer(1), type: 'image/jpeg', taken_at: '2026-11-25T09:00:00+08:00', lon: 113.6, lat: 34.7, accuracy_m: 12 }
  it('are brought to 1600 pixels and never made larger', () => {
    expect(shrunkSize(4000, 3000)).toEqual({ width: 1600, height: 1200 })
    expect(shrunkSize(640, 480)).toEqual({ width: 640, height: 480 })
  })
  it('keep time, place and accuracy of capture apart', () => {
    expect(metaOf(photo, ['井盖'])).toEqual({ taken_at: '2026-11-25T09:00:00+08:00', tags: ['井盖'], lon: 113.6, lat: 34.7, accuracy_m: 12 })
    expect(metaOf({ ...photo, lon: null, accuracy_m: null }, [])).toEqual({ taken_at: '2026-11-25T09:00:00+08:00', tags: [] })
  })
  it('read the camera’s time with its own offset, else the reader’s', () => {
    expect(exifTime('2026:11:24 09:30:00', '+08:00', 0)).toBe('2026-11-24T09:30:00+08:00')
    expect(exifTime('2026:11:24 09:30:00', null, -480)).toBe('2026-11-24T09:30:00+08:00')
    expect(exifTime('broken', null, 0)).toBeNull()
  })
  it('read place and time from a JPEG header', () => {
    expect(readCapture(jpegWithExif())).toEqual({ taken_at: '2026-11-24T09:30:00+08:00', lat: 34.75, lon: 113.5 })
  })
  it('take a damaged or missing header for none', () => {
    expect(readCapture(new ArrayBuffer(0))).toEqual({})
    expect(readCapture(jpegWithExif().slice(0, 60))).toEqual({})
  })
})

it('a report carries what was given and nothing else', () => {
  const draft = { text: ' ', category: 'A0301', at: [113.6, 34.7] as [number, number], address: '', name: '', phone: '', follow: null }
  expect(Object.fromEntries(reportForm(draft, [], '路灯', 'zh'))).toEqual({ text: '路灯', lang: 'zh', category: 'A0301', lon: '113.6000000', lat: '34.7000000' })
})

/** A JPEG header with the entries this reads, big-endian, written by hand. */
function jpegWithExif(): ArrayBuffer {
  const tiff = new DataView(new ArrayBuffer(300))
  const ascii = (at: number, text: string): void => { for (let i = 0; i < text.length; i += 1) tiff.setUint8(at + i, text.charCodeAt(i)) }
  const entry = (at: number, tag: number, type: number, count: number, value: number): void => {
    tiff.setUint16(at, tag)
    tiff.setUint16(at + 2, type)
    tiff.setUint32(at + 4, count)
    tiff.setUint32(at + 8, value)
  }
  ascii(0, 'MM')
  tiff.setUint16(2, 42)
  tiff.setUint32(4, 8)
  tiff.setUint16(8, 2)
  entry(10, 0x8769, 4, 1, 40)
  entry(22, 0x8825, 4, 1, 80)
  tiff.setUint16(40, 2)
  entry(42, 0x9003, 2, 20, 150)
  entry(54, 0x9011, 2, 7, 180)
  tiff.setUint16(80, 4)
  entry(82, 1, 2, 2, 0x4e000000)
  entry(94, 2, 5, 3, 200)
  entry(106, 3, 2, 2, 0x45000000)
  entry(118, 4, 5, 3, 230)
  ascii(150, '2026:11:24 09:30:00')
  ascii(180, '+08:00')
  for (const [i, n] of [34, 1, 45, 1, 0, 1].entries()) tiff.setUint32(200 + i * 4, n)
  for (const [i, n] of [113, 1, 30, 1, 0, 1].entries()) tiff.setUint32(230 + i * 4, n)
  const head = [0xff, 0xd8, 0xff, 0xe1, 0x01, 0x34, 0x45, 0x78, 0x69, 0x66, 0, 0]
  return new Uint8Array([...head, ...new Uint8Array(tiff.buffer), 0xff, 0xda, 0, 0]).buffer
}
