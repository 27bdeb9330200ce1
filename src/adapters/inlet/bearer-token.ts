import { createHash, timingSafeEqual } from 'node:crypto'

/** True when an Authorization header carries this token. Takes the same time whatever the header holds. */
export function isBearerOf(token: string, authorization: string | undefined): boolean {
  const shown = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? ''
  // Hashes have one length, which timingSafeEqual wants and which tells nothing of the token's own.
  return timingSafeEqual(hashOf(shown), hashOf(token)) && shown !== ''
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
