import { createHash, randomUUID } from 'node:crypto'
import { copyFile, cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileAsync } from 'sass'

/** The folder of nhsuk-frontend's templates, styles and scripts. */
export const nhsukFolder = dirname(fileURLToPath(import.meta.resolve('nhsuk-frontend/package.json')))

const ownFolder = fileURLToPath(new URL('.', import.meta.url))
const stylesFolder = join(ownFolder, 'styles')
const publicFolder = join(ownFolder, 'public')

/** What browsers load: style sheet, scripts and pictures, named for their content so that they may be kept. */
export interface Assets {
  readonly folder: string
  /** Such as /assets/3f2a…: changes with any of the files. */
  readonly path: string
}

/**
 * Compiles the style sheet, or finds it compiled: that takes seconds, so it is kept in `cache` under the hash of
 * all it is made from. A folder there is complete or absent, also when two processes start at once.
 */
export async function prepareAssets(cache: string): Promise<Assets> {
  const hash = await hashOfSources()
  const assets = { folder: resolve(cache, hash), path: `/assets/${hash}` }
  if (await isFolder(assets.folder)) return assets
  const draft = join(cache, `draft-${randomUUID()}`)
  await mkdir(draft, { recursive: true })
  await cp(publicFolder, draft, { recursive: true })
  await copyFile(join(nhsukFolder, 'dist/nhsuk/nhsuk-frontend.min.js'), join(draft, 'nhsuk-frontend.js'))
  await writeFile(join(draft, 'wren.css'), await compile())
  try {
    await rename(draft, assets.folder)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!(await isFolder(assets.folder))) throw error
  }
  return assets
}

async function compile(): Promise<string> {
  const { css } = await compileAsync(join(stylesFolder, 'wren.scss'), {
    loadPaths: [join(nhsukFolder, 'dist')],
    style: 'compressed',
    quietDeps: true,
  })
  return css
}

async function hashOfSources(): Promise<string> {
  const own = await Promise.all([stylesFolder, publicFolder].map(filesIn))
  const hash = createHash('sha256')
  for (const path of [...own.flat(), join(nhsukFolder, 'package.json')]) {
    hash.update(await readFile(path)).update('\0')
  }
  return hash.digest('hex').slice(0, 12)
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found?.isDirectory() ?? false
}
