import { homePostcode } from '../attendance/postcode.ts'

/** The postcode district of a home address, such as WR1 of "wr1 2ab": what goes before the last three characters. */
export function districtOf(postcode: string | null): string | null {
  return homePostcode(postcode)?.slice(0, -3) ?? null
}
