import { mkdir, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The file holds the old text or the new one, whole, whenever the machine stops. */
export async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const beside = `${file}.new`
  {
    await using handle = await open(beside, 'w', 0o600)
    await handle.writeFile(text)
    await handle.sync()
  }
  await rename(beside, file)
}
