import { mount } from '@vue/test-utils'
import { beforeAll, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { addWords } from '../../src/i18n'
import { common as zh } from '../../src/i18n/zh-CN/common'
import { common as en } from '../../src/i18n/en/common'
import { formWords as zhForms } from '../../src/i18n/zh-CN/forms'
import { formWords as enForms } from '../../src/i18n/en/forms'
import type { Field, LightName } from '../../src/api/types'
import CodePicker from '../../src/forms/CodePicker.vue'
import SchemaForm from '../../src/forms/SchemaForm.vue'
import Because from '../../src/ui/Because.vue'
import Light from '../../src/ui/Light.vue'

beforeAll(() => {
  addWords(zh, en)
  addWords(zhForms, enForms)
})

describe('a light', () => {
  const check = (light: LightName, word: string, shape: string): void => {
    const shown = mount(Light, { props: { light } })
    expect([shown.text(), shown.find(shape).exists()]).toEqual([word, true])
  }
  it('is a shape and a word as well as a colour', () => {
    check('good', '正常', 'circle[fill="currentColor"]')
    check('near', '临期', 'circle + path')
    check('late', '超期', 'path')
    check('not_rated', '未评', 'circle[fill="none"]')
  })
})

describe('a move that is not possible', () => {
  const move = {
    id: 'close', title: '结案',
    because: { code: 'not_by_you', detail: '办的人不能自己核查', rule: 'case v1 move close', basis: ['2014要点'], fields: [], possible: [], until: null, instead: null },
  }
  it('can be reached, and says why with its basis', async () => {
    const shown = mount(Because, { props: { move } })
    const button = shown.find('button')
    expect([button.attributes('aria-disabled'), button.attributes('disabled')]).toEqual(['true', undefined])
    expect(shown.find('.why').classes()).toContain('unseen')
    await button.trigger('focus')
    expect(shown.find('.why').classes()).not.toContain('unseen')
    expect(shown.find('.why').text()).toContain('办的人不能自己核查')
    expect(shown.find('.why').text()).toContain('依据：2014要点')
    expect(button.attributes('aria-describedby')).toBe(shown.find('.why').attributes('id'))
  })
  it('stays open after a tap', async () => {
    const shown = mount(Because, { props: { move } })
    await shown.find('button').trigger('click')
    await shown.find('button').trigger('blur')
    expect(shown.find('.why').classes()).not.toContain('unseen')
  })
})

describe('the code picker', () => {
  const choices = [{ code: 'A1', title: '井盖', path: '公用设施' }, { code: 'A2', title: '路灯', path: '公用设施' }]
  it('is worked by keyboard alone', async () => {
    const shown = mount(CodePicker, { props: { choices, modelValue: null, 'onUpdate:modelValue': (code: string | null) => shown.setProps({ modelValue: code }) } })
    const input = shown.find('input')
    await input.setValue('路')
    expect(input.attributes('aria-expanded')).toBe('true')
    await input.trigger('keydown', { key: 'Enter' })
    expect(shown.props('modelValue')).toBe('A2')
    expect((input.element as HTMLInputElement).value).toBe('路灯')
  })
  it('takes back what is no choice', async () => {
    const shown = mount(CodePicker, { props: { choices, modelValue: 'A1' } })
    const input = shown.find('input')
    await input.setValue('没有的')
    await input.trigger('blur')
    expect((input.element as HTMLInputElement).value).toBe('井盖')
  })
})

describe('the form', () => {
  const field = (id: string, kind: Field['kind'], required = false): Field =>
    ({ id, title: id, kind, required, max: null, min: null, unit: null, list: null, ref: null, sensitive: false })
  it('shows the fault at its field, tied to the control', async () => {
    const shown = mount(SchemaForm, { props: { fields: [field('note', 'text', true), field('day', 'date')], faults: { note: '请填写' }, modelValue: {} } })
    await nextTick()
    const control = shown.find('textarea')
    const described = control.attributes('aria-describedby')
    expect([control.attributes('aria-invalid'), shown.find(`#${described}`).text()]).toEqual(['true', '请填写'])
    expect(shown.find('input[type="date"]').attributes('aria-invalid')).toBe('false')
  })
})
