import type { FastifyInstance } from 'fastify'
import { password, type Username } from './web.ts'

export interface Answered {
  readonly status: number
  readonly location: string
  readonly text: string
  readonly headers: Readonly<Record<string, unknown>>
}

/** A browser without a screen: keeps its cookie, sends forms with the token of the page it saw last. */
export class Visitor {
  readonly #app: FastifyInstance
  #cookie = ''
  #token = ''

  constructor(app: FastifyInstance) {
    this.#app = app
  }

  static async signedIn(app: FastifyInstance, username: Username): Promise<Visitor> {
    const visitor = new Visitor(app)
    await visitor.get('/sign-in')
    const answer = await visitor.post('/sign-in', { username, password })
    if (answer.status !== 303) throw new Error(`${username} could not sign in: ${answer.status}`)
    await visitor.follow(answer.location)
    return visitor
  }

  async get(url: string): Promise<Answered> {
    return this.#send({ method: 'GET', url })
  }

  /** Goes where it is sent, until a page answers. */
  async follow(url: string): Promise<Answered> {
    const answer = await this.get(url)
    return answer.status === 303 ? this.follow(answer.location) : answer
  }

  async post(
    url: string,
    fields: Readonly<Record<string, string>> = {},
    { withToken = true }: { withToken?: boolean } = {},
  ): Promise<Answered> {
    const body = new URLSearchParams({ ...fields, ...(withToken ? { _csrf: this.#token } : {}) })
    return this.#send({ method: 'POST', url, payload: body.toString() })
  }

  /** A form with a file, as a browser without scripts sends it. */
  async postFile(
    url: string,
    { name, text, withToken = true }: { name: string; text: string; withToken?: boolean },
  ): Promise<Answered> {
    const boundary = 'boundary-of-a-test'
    const part = (head: string, body: string): string =>
      `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`
    const token = withToken ? part('name="_csrf"', this.#token) : ''
    const file = part(`name="${name}"; filename="list.csv"\r\nContent-Type: text/csv`, text)
    const contentType = `multipart/form-data; boundary=${boundary}`
    return this.#send({ method: 'POST', url, payload: `${token}${file}--${boundary}--\r\n`, contentType })
  }

  get cookie(): string {
    return this.#cookie
  }

  async #send({
    contentType = 'application/x-www-form-urlencoded',
    ...request
  }: {
    method: 'GET' | 'POST'
    url: string
    payload?: string
    contentType?: string
  }): Promise<Answered> {
    const response = await this.#app.inject({
      ...request,
      headers: { cookie: this.#cookie, 'content-type': contentType },
    })
    const [cookie] = response.cookies
    if (cookie !== undefined) this.#cookie = `${cookie.name}=${encodeURIComponent(cookie.value)}`
    this.#token = /name="_csrf" value="([^"]+)"/.exec(response.body)?.[1] ?? this.#token
    return {
      status: response.statusCode,
      location: String(response.headers.location ?? ''),
      text: response.body,
      headers: response.headers,
    }
  }
}
