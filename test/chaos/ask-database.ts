import { Client } from 'pg'

/** The first row, by a connection of its own: the database may have died since the last question. */
export async function askDatabase(
  connectionString: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Record<string, number>> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query(text, [...values])).rows[0] ?? {}
  } finally {
    await client.end().catch(() => undefined)
  }
}
