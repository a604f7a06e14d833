/**
 * The files of the sandbox's page, as a browser wants them: `.ts` with its types stripped, and the few npm packages that
 * the page imports, unbundled. Nothing outside the page's folder and the listed packages can be reached.
 */
import { createHash } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, extname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface PageFile {
  body: string | Buffer
  headers: Record<string, string>
}

const PAGE = fileURLToPath(new URL('./page/', import.meta.url))

const PACKAGES = [
  '@lit/context',
  '@lit/reactive-element',
  '@skyra/discord-components-core',
  'lit',
  'lit-element',
  'lit-html',
]

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ts': 'text/javascript; charset=utf-8',
}

/** The file for a request path (`/`, `/page-files/NAME`, `/page-files/npm/PACKAGE/…`), or undefined: answer 404. */
export async function pageFile(path: string): Promise<PageFile | undefined> {
  const file = await locate(path)
  const type = file && TYPES[extname(file)]
  if (!file || !type) return undefined
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const headers: Record<string, string> = { 'content-type': type, 'x-content-type-options': 'nosniff' }
  // The page is edited while the sandbox runs; packages are not.
  headers['cache-control'] = file.startsWith(PAGE) ? 'no-cache' : 'max-age=3600'
  if (extname(file) === '.html') headers['content-security-policy'] = securityPolicy(text)
  return { body: extname(file) === '.ts' ? stripTypeScriptTypes(text) : text, headers }
}

async function locate(path: string): Promise<string | undefined> {
  if (path === '/') return join(PAGE, 'index.html')
  const own = /^\/page-files\/([\w-]+\.(?:ts|css|svg))$/.exec(path)?.[1]
  if (own) return join(PAGE, own)
  const wanted = /^\/page-files\/npm\/((?:@[\w-]+\/)?[\w-]+)\/([\w./-]+\.js)$/.exec(path)
  if (!wanted?.[1] || !wanted[2] || !PACKAGES.includes(wanted[1])) return undefined
  const root = await packageRoot(wanted[1])
  // Resolved before it is compared, so that neither `..` nor a link leads out of the package.
  const file = await realpath(join(root, wanted[2])).catch(() => undefined)
  return file?.startsWith(root + sep) ? file : undefined
}

async function packageRoot(name: string): Promise<string> {
  let folder = dirname(fileURLToPath(import.meta.resolve(name)))
  while (!folder.endsWith(join('node_modules', ...name.split('/')))) folder = dirname(folder)
  return realpath(folder)
}

/** Scripts come from this server only; the import map is the one inline script, so it is allowed by its hash. */
function securityPolicy(html: string): string {
  const inline = /<script type="importmap">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? ''
  const hash = createHash('sha256').update(inline).digest('base64')
  return [
    "default-src 'self'",
    `script-src 'self' 'sha256-${hash}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: https:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
