import type { DeliveryOutcome, LookUp } from '../referral/delivery.ts'

/** One referral to be handed over: these bytes under this key, on every attempt, for ever. */
export interface Sending {
  /** The referral's id, which is the idempotency key. */
  readonly key: string
  readonly body: Uint8Array
  /** SHA-256 of the body, hex: what was authorised, and what is kept as evidence. */
  readonly bodySha256: string
  /** Ends the attempt when Wren stops: what came of it is then `unknown`. */
  readonly signal?: AbortSignal | undefined
}

/**
 * One way to hand referrals over. `test/contracts` says what each must keep. None of them decides what happens next:
 * deliver-once.ts does that for all, and the forwarder writes it down.
 */
export interface Connector {
  /** Such as "REST", as nurses read it beside a move. */
  readonly name: string
  /** The same key never makes a second referral there. Where it may, an unknown outcome waits for a person. */
  readonly repeatsSafely: boolean
  /** `lookUp` also tells what the receiver decided later: it is asked again until it has. No unless said. */
  readonly answersLater?: boolean
  /**
   * The message that is made of the authorised bytes, where these do not travel themselves. The same bytes make the
   * same message; null where they make none.
   */
  readonly messageOf?: (body: Uint8Array) => Uint8Array | null
  /** Hands the bytes over under the key. Never rejects: whatever happened is an outcome. */
  deliver(sending: Sending): Promise<DeliveryOutcome>
  /** Asks what became of a key. Never rejects; `cannot-ask` where the receiver cannot be asked. */
  lookUp(asking: Pick<Sending, 'key' | 'signal'>): Promise<LookUp>
}
