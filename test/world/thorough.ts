/**
 * Whether the runs that are long by their nature take part: 100,000 notes with kills, a real HL7 client, validators
 * from Maven. The build server asks for them together with Kafka; at a desk the same tests run small, so that
 * `npm test` stays something a developer runs before each commit.
 */
export const isThorough = process.env.WREN_REQUIRE_KAFKA === '1'
