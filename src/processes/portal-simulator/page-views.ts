import { join } from 'node:path'
import nunjucks from 'nunjucks'

export const viewsFolder = join(import.meta.dirname, 'views')

/** Renders the pages for people. What is missing in a page is a bug, not a blank. */
export function openViews(): nunjucks.Environment {
  return new nunjucks.Environment(new nunjucks.FileSystemLoader(viewsFolder), {
    autoescape: true,
    throwOnUndefined: true,
  })
}
