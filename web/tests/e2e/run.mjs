// `npm run e2e`: the journey against the real binary. The last line counts what passed and what failed.
import { launch } from './browser.mjs'
import { closing } from './check.mjs'
import { journey } from './journey.mjs'
import { startServer } from './server.mjs'

const server = await startServer(2)
const browser = await launch()
try {
  await journey(browser, server)
} catch (error) {
  if (!error.told) console.log(`FAIL  ${error.stack ?? error}`)
  process.exitCode = 1
} finally {
  await browser.close()
  await server.stop()
}
if (!closing()) process.exitCode = 1
