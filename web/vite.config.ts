// One source tree, four entry pages and one service worker.
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import type { Plugin } from 'vite'
import vue from '@vitejs/plugin-vue'

const root = import.meta.dirname
const page = (name: string): string => resolve(root, `${name}.html`)

/** Which entry page answers a path; the server has the same table. */
function entryOf(path: string): string | null {
  if (/\.\w+$/.test(path) || path.startsWith('/@') || path.startsWith('/src/')) return null
  if (path === '/m' || path.startsWith('/m/')) return '/field.html'
  if (path === '/c' || path.startsWith('/c/')) return '/console.html'
  if (path === '/screen' || path.startsWith('/screen/')) return '/screen.html'
  if (path === '/' || path.startsWith('/t/')) return '/public.html'
  return null
}

/** Lets `npm run dev` answer the app's own paths as the server does. */
function entryPages(): Plugin {
  return {
    name: 'entry-pages',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const path = (request.url ?? '/').split('?')[0] ?? '/'
        const entry = entryOf(path)
        if (entry !== null) request.url = entry
        next()
      })
    },
  }
}

export default defineConfig({
  plugins: [vue(), entryPages()],
  worker: { format: 'es' },
  server: { proxy: { '/api': 'http://127.0.0.1:8700', '/tiles': 'http://127.0.0.1:8700' } },
  build: {
    target: 'es2022',
    manifest: true,
    // The map library is one large file that is loaded on demand; the budget is kept by tools/budget.mjs.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: {
        public: page('public'),
        field: page('field'),
        console: page('console'),
        screen: page('screen'),
        sw: resolve(root, 'src/offline/sw.ts'),
      },
      output: {
        // A service worker must keep its address; everything else is named by its content.
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  test: { environment: 'happy-dom', include: ['tests/unit/**/*.test.ts'] },
})
