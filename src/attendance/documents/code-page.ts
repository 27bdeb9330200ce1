/** Code pages of Windows and others by number, as RTF calls them, under their names of the Encoding standard. */
const pages: Readonly<Record<string, string>> = {
  ...{
    '866': 'ibm866',
    '874': 'windows-874',
    '932': 'shift_jis',
    '936': 'gbk',
    '949': 'euc-kr',
    '950': 'big5',
  },
  ...{ '1250': 'windows-1250', '1251': 'windows-1251', '1252': 'windows-1252', '1253': 'windows-1253' },
  ...{ '1254': 'windows-1254', '1255': 'windows-1255', '1256': 'windows-1256', '1257': 'windows-1257' },
  ...{ '1258': 'windows-1258', '10000': 'macintosh', '20866': 'koi8-r', '65001': 'utf-8', mac: 'macintosh' },
  ...{ '28592': 'iso-8859-2', '28597': 'iso-8859-7', '28605': 'iso-8859-15' },
}

/** \fcharset of RTF: sets of letters as fonts know them. */
const fontSets: Readonly<Record<number, string>> = {
  ...{ 0: '1252', 77: 'mac', 128: '932', 129: '949', 134: '936', 136: '950', 161: '1253', 162: '1254' },
  ...{ 163: '1258', 177: '1255', 178: '1256', 186: '1257', 204: '1251', 222: '874', 238: '1250' },
}

/** The best guess where a page is not known: nearly all of its letters are the same. */
export function codePageOf(page: number | string | null): string {
  return pages[String(page)] ?? 'windows-1252'
}

/** Null for sets that name none, such as that of symbols. */
export function fontPageOf(set: number): string | null {
  const page = fontSets[set]
  return page === undefined ? null : codePageOf(page)
}

/** Text of bytes that stand one in each character. */
export function decodePage(run: string, page: string): string {
  return isAscii(run) ? run : new TextDecoder(page).decode(Buffer.from(run, 'latin1'))
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false
  return true
}
