import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nhsukFolder } from './style-sheet.ts'

/** Where templates are looked for: our own first, then those of nhsuk-frontend under both names it uses. */
export const templateFolders: readonly string[] = [
  fileURLToPath(new URL('views', import.meta.url)),
  fileURLToPath(new URL('components', import.meta.url)),
  join(nhsukFolder, 'dist'),
  join(nhsukFolder, 'dist/nhsuk'),
]
