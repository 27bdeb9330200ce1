/** A small PDF: each page one content stream, and what is wished for in the trailer. */
export function makePdf(
  pages: readonly (string | Buffer)[],
  {
    filter = '',
    trailer = '',
    resources = '',
  }: { filter?: string; trailer?: string; resources?: string } = {},
): Buffer {
  const kids = pages.map((_, index) => `${4 + 2 * index} 0 R`)
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((content, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${5 + 2 * index} 0 R
         /Resources << /Font << /F1 3 0 R >> >> ${resources} >>`,
      Buffer.concat([
        Buffer.from(`<< /Length ${content.length} ${filter} >>\nstream\n`),
        Buffer.from(content),
        Buffer.from('\nendstream'),
      ]),
    ]),
  ]
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')]
  const offsets: number[] = []
  for (const [index, object] of objects.entries()) {
    offsets.push(lengthOf(parts))
    parts.push(
      Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]),
    )
  }
  const start = lengthOf(parts)
  const table = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`)
  const size = objects.length + 1
  return Buffer.concat([
    ...parts,
    Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${table.join('')}`),
    Buffer.from(`trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF`),
  ])
}

/** Lines of text as a page draws them. */
export function drawLines(...lines: readonly string[]): string {
  const drawn = lines.map((line, index) => `1 0 0 1 72 ${720 - 20 * index} Tm (${line}) Tj`)
  return `BT /F1 12 Tf ${drawn.join(' ')} ET`
}

function lengthOf(parts: readonly Buffer[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0)
}
