// The service worker of the field page: its shell opens without a network. The list of files is written in at build time
// by tools/sw-manifest.mjs. Nothing of the API is kept here; what was seen and done is in the page's own database.
/// <reference lib="webworker" />
export {}
declare const self: ServiceWorkerGlobalScope & { __PRECACHE: string[]; __VERSION: string }

const FILES: string[] = self.__PRECACHE
const CACHE = `field-${self.__VERSION}`
const SHELL = '/m/'

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE)
    await cache.addAll([SHELL, ...FILES])
    await self.skipWaiting()
  })())
})

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    const names = await caches.keys()
    await Promise.all(names.filter((name) => name.startsWith('field-') && name !== CACHE).map((name) => caches.delete(name)))
    await self.clients.claim()
  })())
})

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch {
    return (await caches.match(SHELL)) ?? Response.error()
  }
}

async function asset(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request)
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request))
})
