/**
 * postcode = district [" "] digit letter letter
 * district = letter [letter] digit [digit / letter]
 *
 * The district is what goes before the last three characters. Royal Mail, Programmers' Guide, "Postcode formats".
 */
const form = /^([A-Z]{1,2}\d[A-Z\d]?)\d[A-Z]{2}$/

/**
 * The postcode district of a home address, such as WR1 of "wr1 2ab"; null where it is none. NHS systems write ZZ99
 * postcodes for people without a fixed or known address (NHS Digital Organisation Data Service): nobody lives there.
 */
export function districtOf(postcode: string | null): string | null {
  const found = form.exec((postcode ?? '').toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
  const district = found?.[1] ?? null
  return district === null || district.startsWith('ZZ') ? null : district
}
