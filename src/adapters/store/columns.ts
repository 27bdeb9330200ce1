import type { ColumnType } from 'kysely'

/** ISO instants, exact to the microsecond; ISO days. Neither is ever a Date. */
export type Instant = string
export type Day = string
/** Written as text, read as whatever JSON it is: a codec says what. */
export type Json = ColumnType<unknown, string, string>
