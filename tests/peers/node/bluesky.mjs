// The reference PDS and PLC directory on 127.0.0.1, with the account kommune.test. Started by tests/peers/bluesky.
// usage: node bluesky.mjs FOLDER PDS_PORT PLC_PORT
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import net from 'node:net'
import path from 'node:path'

const [folder, pdsPort, plcPort] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]
const require = createRequire(path.join(process.env.PEERS_NODE, 'from-here.js'))

// Both packages ask for a port alone, which means every interface of the machine.
const anywhere = net.Server.prototype.listen
net.Server.prototype.listen = function (where, ...more) {
  return typeof where === 'number'
    ? anywhere.call(this, { port: where, host: '127.0.0.1' }, ...more)
    : anywhere.call(this, where, ...more)
}

const { PDS, envToCfg, envToSecrets } = require('@atproto/pds')
const { PlcServer, Database } = require('@did-plc/server')
const hex = (bytes) => randomBytes(bytes).toString('hex')
const url = `http://localhost:${pdsPort}`
const plcUrl = `http://127.0.0.1:${plcPort}`

fs.mkdirSync(folder, { recursive: true })
const directory = PlcServer.create({ db: Database.mock(), port: plcPort })
await directory.start()

const settings = {
  devMode: true,
  port: pdsPort,
  hostname: 'localhost',
  serviceName: 'Opslag test PDS',
  dataDirectory: folder,
  blobstoreDiskLocation: path.join(folder, 'blobs'),
  blobstoreDiskTmpLocation: path.join(folder, 'blobs-in'),
  blobUploadLimit: Number(process.env.BLOB_LIMIT),
  didPlcUrl: plcUrl,
  plcRotationKeyK256PrivateKeyHex: hex(32),
  jwtSecret: hex(16),
  dpopSecret: hex(32),
  adminPassword: hex(16),
  serviceHandleDomains: ['.test'],
  inviteRequired: false,
  enableDidDocWithSession: true,
  disableSsrfProtection: true,
  bskyAppViewUrl: 'https://appview.invalid',
  bskyAppViewDid: 'did:example:invalid',
  rateLimitsEnabled: process.env.RATE_LIMITS === '1',
}
// A client that is killed in the middle of an upload ends this server, which it must not: tests kill many.
process.on('uncaughtException', (error) => {
  if (error.code !== 'ECONNRESET') throw error
})
const server = await PDS.create(envToCfg(settings), envToSecrets(settings))
await server.start()
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, async () => {
    await server.destroy()
    await directory.destroy()
    process.exit(0)
  })
}

const ask = async (method, body, token) => {
  // by number: an older Node looks for localhost at ::1 first and stops there
  const answer = await fetch(`http://127.0.0.1:${pdsPort}/xrpc/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${method}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}
const password = hex(8)
const account = await ask('com.atproto.server.createAccount', { handle: 'kommune.test', email: 'job@kommune.test', password })
const app = await ask('com.atproto.server.createAppPassword', { name: 'opslag' }, account.accessJwt)

const says = { URL: url, HANDLE: 'kommune.test', DID: account.did, PASSWORD: password, APP_PASSWORD: app.password, PLC_URL: plcUrl }
for (const [name, value] of Object.entries(says)) console.log(`SAY ${name}=${value}`)
console.log('ACCOUNT_READY')
