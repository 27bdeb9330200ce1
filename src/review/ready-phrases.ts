/** Sentences that nurses write every day: put into the reason to be finished there. "…" is what only she knows. */
export const readyPhrases = [
  'Spoken to the child alone on … They said: …',
  'Discussed with … of children’s social care, reference …',
  'Discussed with the ward: … Plan: …',
  'Known to social care. Plan in place since … Nothing new in this attendance.',
  'Parent or carer told on … Their view: …',
  'Not shared with parents because …',
  'Read in full: the words mean … There is no safeguarding concern in the notes.',
  'Waiting for … to ring back about …',
] as const
