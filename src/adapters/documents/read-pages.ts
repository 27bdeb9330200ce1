import { getDocument, VerbosityLevel } from 'unpdf/pdfjs'
import type { PdfText } from '../../attendance/documents/read-document.ts'

/** A letter has a few. What is beyond is not read, and said so. */
const pagesMax = 100
const textLengthMax = 1_000_000

type Opened = Awaited<ReturnType<typeof getDocument>['promise']>

/** The words of all pages and of the fields of forms, page by page. Never rejects, whatever the bytes. */
export async function readPages(bytes: Uint8Array): Promise<PdfText> {
  const loading = getDocument({
    data: bytes,
    verbosity: VerbosityLevel.ERRORS,
    // Nothing is drawn, run or fetched.
    disableFontFace: true,
    useSystemFonts: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    useWorkerFetch: false,
    enableXfa: false,
  })
  try {
    return await readOpened(await loading.promise)
  } catch (error) {
    return { text: '', because: whyNot(error) }
  } finally {
    await loading.destroy().catch(() => {})
  }
}

async function readOpened(opened: Opened): Promise<PdfText> {
  const missing = new Set<string>()
  const pages: string[] = []
  let length = 0
  for (let number = 1; number <= opened.numPages; number++) {
    if (number > pagesMax || length > textLengthMax) {
      missing.add(number > pagesMax ? `more than ${pagesMax} pages` : 'too long')
      break
    }
    const page = await readPage(opened, number)
    if (page === null) missing.add('a broken page')
    else if (page === '') missing.add('a page without text')
    else pages.push(page)
    length += page?.length ?? 0
  }
  if (opened.isPureXfa) missing.add('a form that only its own program shows')
  if ((await opened.getAttachments()) !== null) missing.add('files attached to it')
  const text = pages.join('\n')
  if (isGarbled(text)) missing.add('letters that are none')
  return { text, because: missing.size === 0 ? null : [...missing].join(', ') }
}

/** Null where it is broken: the others are read all the same. */
async function readPage(opened: Opened, number: number): Promise<string | null> {
  try {
    const page = await opened.getPage(number)
    const { items } = await page.getTextContent()
    const words = items.map(item => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('')
    const filled = (await page.getAnnotations()).flatMap(wordsOfAnnotation)
    page.cleanup()
    return [words.trim(), ...filled].filter(part => part !== '').join('\n')
  } catch {
    return null // the library's message may quote the page
  }
}

/** What was written into a form, or beside the page as a comment. */
function wordsOfAnnotation(annotation: Record<string, unknown>): readonly string[] {
  const { fieldValue, contentsObj } = annotation
  const values = Array.isArray(fieldValue) ? fieldValue : [fieldValue]
  const comment =
    typeof contentsObj === 'object' && contentsObj !== null && 'str' in contentsObj ? contentsObj.str : ''
  return [...values, comment].filter(value => typeof value === 'string' && value.trim() !== '').map(String)
}

/** A font that does not tell its letters gives signs of the private area, or none at all. */
function isGarbled(text: string): boolean {
  const signs = text.match(/[\p{Co}\ufffd]|[^\P{Cc}\s]/gu)?.length ?? 0
  return signs > text.length / 20
}

function whyNot(error: unknown): string {
  const name = error instanceof Error ? error.name : ''
  if (name === 'PasswordException') return 'encrypted'
  return name === 'InvalidPDFException' ? 'broken' : 'its reader failed'
}
