/**
 * ODS codes of the sites of Worcestershire Acute Hospitals NHS Trust, as nurses call them. A site that is not here
 * is shown by its code.
 */
export const siteNames: Readonly<Record<string, string>> = {
  RWP50: 'Worcestershire Royal',
  RWP01: 'Alexandra',
  RWP31: 'Kidderminster',
}
