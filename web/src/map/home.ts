// Where a map starts, told by the entry once it knows its city. No map library here: pages need this before they load it.
import { shallowRef } from 'vue'

export interface Place { center: [number, number]; zoom: number }
export const mapHome = shallowRef<Place>({ center: [0, 0], zoom: 11 })
