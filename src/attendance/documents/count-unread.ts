const labelLengthMax = 80

/** Such as "PDF document not read: Discharge letter", where the message says what the document is. */
export function nameUnread(unread: string, label: string): string {
  const name = label.trim().slice(0, labelLengthMax)
  return name === '' || name === 'document' ? unread : `${unread}: ${name}`
}

/** Such as "1 PDF document not read" and "2 PDF documents not read", in the order of the message. */
export function countUnread(unread: readonly string[]): readonly string[] {
  return [...Map.groupBy(unread, part => part)].map(([part, { length }]) =>
    length === 1 ? `1 ${part}` : `${length} ${part.replace(/\b(document|picture|section|part)\b/, '$1s')}`,
  )
}
