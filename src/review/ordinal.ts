const words = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth', 'Ninth', 'Tenth']

/** "Fourth", for the fourth of something; beyond ten "11th", "21st". Counts from 1. */
export function ordinal(count: number): string {
  const word = words[count - 1]
  if (word !== undefined) return word
  const isTeen = count % 100 >= 11 && count % 100 <= 13
  return `${count}${isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th')}`
}
