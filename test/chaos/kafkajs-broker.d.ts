/** A part of kafkajs 2.2.4 without types of its own: only what stop-at.ts watches. */
declare module 'kafkajs/src/broker/index.js' {
  interface Fetched {
    readonly responses: readonly {
      readonly partitions: readonly { readonly messages: readonly unknown[] }[]
    }[]
  }
  class Broker {
    fetch(...args: readonly unknown[]): Promise<Fetched>
    produce(...args: readonly unknown[]): Promise<unknown>
    offsetCommit(...args: readonly unknown[]): Promise<unknown>
  }
  export = Broker
}
