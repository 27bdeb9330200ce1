/**
 * postcode = district [" "] digit letter letter
 * district = letter [letter] digit [digit / letter]
 *
 * Royal Mail, Programmers' Guide, "Postcode formats".
 */
const form = /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/

/**
 * The postcode of a home without its space, such as WR12AB of "wr1 2ab"; null where it is none. NHS systems write ZZ99
 * postcodes for people without a fixed or known address (NHS Digital Organisation Data Service): nobody lives there.
 */
export function homePostcode(postcode: string | null): string | null {
  const whole = (postcode ?? '').toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  return form.test(whole) && !whole.startsWith('ZZ') ? whole : null
}
