import {
  loadPartnership,
  requirePartnership,
} from '../../src/adapters/partnership-folder/load-partnership.ts'

/** The partnership folder that comes with Wren. */
export const partnership = requirePartnership(await loadPartnership('partnership'))
