/** Parts of kafkajs 2.2.4 without types of their own: only what kafkajs-repairs.ts and codecs.ts touch. */

declare module 'kafkajs/src/network/requestQueue/index.js' {
  class RequestQueue {
    readonly pending: readonly unknown[]
    readonly throttledUntil: number
    scheduleCheckPendingRequests(): void
  }
  export = RequestQueue
}

declare module 'kafkajs/src/consumer/consumerGroup.js' {
  class ConsumerGroup {
    recoverFromOffsetOutOfRange(error: { readonly topic: string; readonly partition: number }): Promise<void>
  }
  export = ConsumerGroup
}

declare module 'kafkajs-snappy' {
  /** Makes a codec as kafkajs asks for it. */
  function snappyCodec(): unknown
  export = snappyCodec
}
