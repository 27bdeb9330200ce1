import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js'
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js'

/**
 * Two faults of kafkajs 2.2.4, its last release, mended in place. The version is pinned, and a test against a real
 * broker fails should a repair no longer take.
 */
export function repairKafkajs(): void {
  keepIdleQueuesQuiet()
  haltWhenOffsetsAreOutOfRange()
}

/**
 * A queue with nothing to send sets a timer for a moment long past, which Node turns into one every millisecond:
 * a warning, and 4.5 % of a core for each idle consumer.
 */
function keepIdleQueuesQuiet(): void {
  const { scheduleCheckPendingRequests } = RequestQueue.prototype
  RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    const nothingToDo = this.pending.length === 0 && this.throttledUntil <= Date.now()
    if (!nothingToDo) scheduleCheckPendingRequests.call(this)
  }
}

/**
 * Asked for an offset that the broker no longer has, or does not have yet, kafkajs commits a default offset and
 * reads on: messages nobody has read are passed over without a word. Whether they may be is for a person to say.
 */
function haltWhenOffsetsAreOutOfRange(): void {
  ConsumerGroup.prototype.recoverFromOffsetOutOfRange = async ({ topic, partition }) => {
    throw new OffsetOutOfRange({ topic, partition })
  }
}

/** Not worth retrying: `retriable` is how kafkajs is told. */
export class OffsetOutOfRange extends Error {
  readonly retriable = false

  constructor({ topic, partition }: { readonly topic: string; readonly partition: number }) {
    super(
      `${topic} partition ${partition} does not hold the offset to read next: messages were deleted before they ` +
        'were read, or the topic was made anew. Find out which, then move the offset of the group by hand',
    )
  }
}
