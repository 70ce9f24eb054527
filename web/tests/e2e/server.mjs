// The real server with a small demo city, on a port of its own, in a folder that is removed afterwards.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..', '..', '..')
const BINARY = resolve(process.env.E2E_BIN ?? join(ROOT, 'target', 'debug', 'guancheng'))
const WAIT_MS = 300_000

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => done(port))
    })
  })
}

async function healthy(base) {
  try {
    return (await fetch(`${base}/api/v1/health`)).ok
  } catch {
    return false
  }
}

/** Starts the demo city; `stop` ends it and removes its data. With DEMO_URL set, that city is used instead. */
export async function startServer(days = 2) {
  if (process.env.DEMO_URL) return { base: process.env.DEMO_URL, stop: async () => undefined }
  if (!existsSync(BINARY)) throw new Error(`${BINARY} is not there: build it with \`cargo build -p guancheng\`, or name another in E2E_BIN`)
  const data = mkdtempSync(join(tmpdir(), 'guancheng-e2e-'))
  const base = `http://127.0.0.1:${await freePort()}`
  const args = ['demo', '--data', data, '--pack', join(ROOT, 'packs', 'zhengzhou'), '--days', String(days), '--listen', base.slice(7)]
  const server = spawn(BINARY, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (bytes) => { log = (log + bytes).slice(-8000) })
  const ended = new Promise((done) => server.on('exit', done))
  const stop = async () => {
    server.kill('SIGTERM')
    await ended
    rmSync(data, { recursive: true, force: true })
  }
  const until = Date.now() + WAIT_MS
  while (!(await healthy(base))) {
    if (server.exitCode !== null || Date.now() > until) {
      await stop()
      throw new Error(`the server did not come up:\n${log}`)
    }
    await new Promise((done) => setTimeout(done, 200))
  }
  // The demo writes the passwords it made beside its data.
  const passwordOf = (login) => {
    const rows = readFileSync(join(data, 'demo-logins.txt'), 'utf8').split('\n').map((row) => row.split(/\s+/))
    return rows.find(([name]) => name === login)?.[1]
  }
  return { base, stop, passwordOf, log: () => log }
}
