import { describe, expect, it } from 'vitest'
import { choices, inForce, likely, search, type Codes } from '../../src/forms/codes'

const ROWS: Codes[] = [
  { code: 'A', title: '公用设施', parent: null, leaf: false },
  { code: 'A01', title: '井盖', parent: 'A', leaf: false },
  { code: 'A0107', title: '雨水井盖', parent: 'A01', leaf: true },
  { code: 'A0301', title: '路灯', parent: 'A', leaf: true },
  { code: 'B', title: '市容环境', parent: null, leaf: false },
  { code: 'B0101', title: '暴露垃圾', parent: 'B', leaf: true },
]
const ALL = choices(ROWS)
const titles = (list: { title: string }[]): string[] => list.map((one) => one.title)

describe('choices', () => {
  it('are the leaves with the way to them', () => {
    expect(ALL.map((one) => `${one.path} › ${one.title}`)).toEqual(['公用设施 › 井盖 › 雨水井盖', '公用设施 › 路灯', '市容环境 › 暴露垃圾'])
  })
  it('survive a list that goes in a circle', () => {
    expect(choices([{ code: 'x', title: 'x', parent: 'x', leaf: true }])).toHaveLength(1)
  })
})

it('leaves out rows that are not in force', () => {
  const row = (valid_from: string | null, valid_to: string | null) => ({ valid_from, valid_to })
  expect(inForce([row(null, null), row('2014-01-01', '2020-12-31'), row('2021-01-01', null), row('2027-01-01', null)], '2026-03-02')).toHaveLength(2)
})

describe('search', () => {
  const check = (text: string, expected: string[]): void => expect(titles(search(ALL, text))).toEqual(expected)
  it('finds by name, by code, by a parent, by several words', () => {
    check('井盖', ['雨水井盖'])
    check('b0101', ['暴露垃圾'])
    check('公用', ['雨水井盖', '路灯'])
    check('公用 路灯', ['路灯'])
    check('没有', [])
  })
})

describe('likely', () => {
  const check = (sentence: string, expected: string[]): void => expect(titles(likely(ALL, sentence))).toEqual(expected)
  it('guesses from a sentence', () => {
    check('门口的路灯坏了三天', ['路灯'])
    check('路边井盖不见了，很危险', ['雨水井盖'])
    check('', [])
    check('你好', [])
  })
})
