import { describe, expect, test } from 'vitest'
import { failureMeaningOf, meaningOf } from '../../../src/adapters/portal/portal-answer.ts'

describe('what a status means', () => {
  test.each([
    [200, 'received'],
    [201, 'received'],
    [204, 'received'],
    [299, 'received'],
    [301, 'turned-away'],
    [308, 'turned-away'],
    [400, 'turned-away'],
    [401, 'credentials'],
    [403, 'credentials'],
    [404, 'turned-away'],
    [407, 'credentials'],
    [408, 'later'],
    [409, 'conflict'],
    [413, 'turned-away'],
    [422, 'parked'],
    [425, 'later'],
    [429, 'later'],
    [451, 'turned-away'],
    [500, 'unknown'],
    [503, 'unknown'],
    [599, 'unknown'],
  ])('%i means %s', (status, meaning) => {
    expect(meaningOf(status)).toBe(meaning)
  })

  test('every status from 200 to 599 has a row of the table to itself or its hundred', () => {
    const statuses = Array.from({ length: 400 }, (_, index) => 200 + index)
    expect(statuses.filter(status => status < 500 && meaningOf(status) === 'unknown')).toEqual([])
  })

  test('a status that no standard knows is asked after, never taken for an acceptance', () => {
    expect([0, 100, 199, 600, 999].map(meaningOf)).toEqual(Array(5).fill('unknown'))
  })
})

describe('what a broken connection means', () => {
  test.each([
    ['nobody listens', 'ECONNREFUSED', 'not-sent'],
    ['the name is not known', 'ENOTFOUND', 'not-sent'],
    ['the name service is down', 'EAI_AGAIN', 'not-sent'],
    ['it broke on the way', 'ECONNRESET', 'unknown'],
    ['it was closed on the way', 'UND_ERR_SOCKET', 'unknown'],
    ['nothing names it', null, 'unknown'],
    ['the certificate has expired', 'CERT_HAS_EXPIRED', 'tls'],
    ['it signed its own certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['its authority is not known', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls'],
    ['the certificate is for another name', 'ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['it does not speak TLS', 'ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['it wants a certificate of ours', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls'],
  ])('%s (%s): %s', (_reason, code, meaning) => {
    expect(failureMeaningOf(code)).toBe(meaning)
  })
})
