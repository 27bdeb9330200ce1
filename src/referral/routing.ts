/** Where a referral of this child may go. `because` is for the nurse. */
export type Route =
  | { readonly kind: 'get-safe'; readonly alsoFor: readonly 'get-there'[]; readonly because: string }
  /** Nothing here decides it: the nurse does, by authorising the referral or by telephoning instead. */
  | { readonly kind: 'person-decides'; readonly because: string }
  | { readonly kind: 'not-get-safe'; readonly because: string }

/**
 * The route by age on arrival, never by clinic. It knows ages and nothing else: which authority a home address
 * belongs to is the nurse's check, and `addressCaution` says so beside every route.
 */
export function routeReferral({ ageOnArrival }: { readonly ageOnArrival: number | null }): Route {
  if (ageOnArrival === null) {
    return { kind: 'person-decides', because: 'The age on arrival is not known. Check it before you refer.' }
  }
  if (ageOnArrival < 16) return { kind: 'get-safe', alsoFor: [], because: 'Under 16: GET SAFE.' }
  if (ageOnArrival < 18) {
    return {
      kind: 'get-safe',
      alsoFor: ['get-there'],
      because: 'Aged 16 or 17: GET SAFE, and information for GET THERE.',
    }
  }
  return {
    kind: 'not-get-safe',
    because: 'Aged 18 or over: GET SAFE is for children. Ask for GET THERE or CARM.',
  }
}

export const addressCaution =
  'Wren does not check the home address. A child who lives outside the county is referred to the home authority.'
