/** Bytes that a message writes in Base64, and whether they are all there. */
export function readBase64(text: string): { readonly bytes: Uint8Array; readonly isWhole: boolean } {
  const plain = text.replace(/\s/g, '')
  // Cut short on the way, it has another length; Buffer would read what is there and say nothing.
  const isWhole = /^[A-Za-z0-9+/_-]+={0,2}$/.test(plain) && plain.length % 4 === 0
  return { bytes: Buffer.from(plain, 'base64'), isWhole }
}
