declare const valid: unique symbol

/** Ten digits, the last a modulus-11 check. Only `parseNhsNumber` makes one. */
export type NhsNumber = string & { readonly [valid]: 'NHS number' }

/**
 * The NHS number that a text writes, or null. Spaces and dashes between digits are accepted.
 *
 * Check digit: NHS Data Model and Dictionary, "NHS NUMBER": weights 10 to 2 over the first nine digits,
 * 11 less the remainder of the sum by 11; 11 counts as 0, and 10 means that the number is not valid.
 * One digit repeated ten times passes that sum and is refused here: no such number was ever issued.
 */
export function parseNhsNumber(text: string): NhsNumber | null {
  const digits = text.replace(/[\s-]/g, '')
  return isNhsNumber(digits) ? digits : null
}

/** 3-3-4 groups, as nurses read it: "999 123 4567". */
export function formatNhsNumber(number: NhsNumber): string {
  return `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`
}

function isNhsNumber(digits: string): digits is NhsNumber {
  if (!/^\d{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits)) return false
  const sum = [...digits.slice(0, 9)].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0)
  const check = 11 - (sum % 11)
  return (check === 11 ? 0 : check) === Number(digits[9])
}
