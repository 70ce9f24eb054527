import { expect, test } from 'vitest'
import type { PublicPromise } from '../../src/public/promises'
import { nearest, pointsOf } from '../../src/public/promises'

const promise = (id: string, places: [number, number][]): PublicPromise => ({
  id, section: 1, item_title: '', words: id, light: 'amber', light_before: 'green', value: 1, value_before: 1, target: 2, unit: '',
  percent: 50, day: null, office_name: '', photo: null, places,
})

test('the nearest promise comes first, one without a place last', () => {
  const all = [promise('none', []), promise('far', [[113.9, 34.7]]), promise('near', [[114.2, 34.7], [113.61, 34.7]])]
  const rows = nearest(all, [113.6, 34.7])
  expect(rows.map((row) => row.promise.id)).toEqual(['near', 'far', 'none'])
  expect(rows[2]?.metres).toBeNull()
})

test('without a position the order is that of the document', () => {
  const all = [promise('b', [[1, 1]]), promise('a', [])]
  expect(nearest(all, null).map((row) => row.promise.id)).toEqual(['b', 'a'])
})

test('a point on the map leads back to its promise, by a light of everywhere', () => {
  const points = pointsOf([promise('a', [[1, 2]]), promise('b', [[3, 4], [5, 6]])])
  expect(points).toEqual([[0, 1, 2, 'near'], [100, 3, 4, 'near'], [101, 5, 6, 'near']])
})
