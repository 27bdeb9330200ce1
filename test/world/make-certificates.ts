import 'reflect-metadata'
import { createPrivateKey, generateKeyPairSync, KeyObject, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const dayMs = 86_400_000

/** A certificate with its key, as PEM. */
export interface Identity {
  readonly cert: string
  readonly key: string
  readonly serial: string
}

export interface Authority {
  /** PEM. */
  readonly ca: string
  /** Days from today; a negative end is a certificate that has run out. */
  issue(wish: {
    readonly name: string
    readonly untilDays?: number
    readonly fromDays?: number
  }): Promise<Identity>
  /** What it has revoked, as PEM. */
  revoke(...revoked: readonly Identity[]): Promise<string>
}

/** An authority of its own for one test. Nothing of it is ever kept. */
export async function makeAuthority(name = 'Test authority'): Promise<Authority> {
  const keys = await newKeys()
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: algorithm,
    notBefore: inDays(-400),
    notAfter: inDays(400),
    extensions: [
      new x509.BasicConstraintsExtension(true, 1, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  let serial = 0
  return {
    ca: root.toString('pem'),
    issue: async ({ name: subject, untilDays = 30, fromDays = -60 }) => {
      const own = await newKeys()
      const number = `0${++serial}`.slice(-2)
      const made = await x509.X509CertificateGenerator.create({
        serialNumber: number,
        subject: `CN=${subject}`,
        issuer: root.subject,
        signingKey: keys.privateKey,
        publicKey: own.publicKey,
        signingAlgorithm: algorithm,
        notBefore: inDays(fromDays),
        notAfter: inDays(untilDays),
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.SubjectAlternativeNameExtension([
            { type: 'dns', value: 'localhost' },
            { type: 'ip', value: '127.0.0.1' },
          ]),
          await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
        ],
      })
      return { cert: made.toString('pem'), key: pemOf(own.privateKey), serial: number }
    },
    revoke: async (...revoked) => {
      const list = await x509.X509CrlGenerator.create({
        issuer: root.subject,
        thisUpdate: inDays(-1),
        nextUpdate: inDays(30),
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
        entries: revoked.map(each => ({ serialNumber: each.serial, revocationDate: inDays(-1) })),
      })
      return list.toString('pem').replaceAll(' CRL-----', ' X509 CRL-----').replaceAll('X509 X509', 'X509')
    },
  }
}

/** A private key as PEM, and its public half as JWK. */
export function makeSigningKey(kind: 'ec' | 'rsa') {
  const pair =
    kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const pem = pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  const alg = kind === 'ec' ? 'ES256' : 'RS512'
  return {
    pem,
    publicJwk: { ...pair.publicKey.export({ format: 'jwk' }), use: 'sig', kid: `${kind}-1`, alg },
    privateJwk: { ...createPrivateKey(pem).export({ format: 'jwk' }), use: 'sig', kid: `${kind}-1`, alg },
  }
}

function newKeys(): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<CryptoKeyPair>
}

function pemOf(key: CryptoKey): string {
  return KeyObject.from(key as webcrypto.CryptoKey)
    .export({ format: 'pem', type: 'pkcs8' })
    .toString()
}

function inDays(days: number): Date {
  return new Date(Date.now() + days * dayMs)
}
