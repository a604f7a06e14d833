import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import lockfile from '../package-lock.json' with { type: 'json' }

interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly license?: string
  readonly dev?: boolean
  readonly hasInstallScript?: boolean
}

const { '': root, ...others } = lockfile.packages
/** Path and package of all that is installed anywhere. */
const packages: [string, Locked][] = Object.entries<Locked>(others)
const { allowScripts } = packageJson as { allowScripts: Record<string, boolean> }

test('every dependency is of one version, the same in the lockfile', () => {
  const { dependencies, devDependencies, optionalDependencies } = packageJson
  const wanted = Object.entries<string>({ ...dependencies, ...devDependencies, ...optionalDependencies })
  // Of a server for tests there are only such versions.
  expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-beta\.\d+)?$/.test(version))).toEqual([])
  const locked = new Map(packages)
  expect(wanted.map(([name]) => [name, locked.get(`node_modules/${name}`)?.version])).toEqual(wanted)
  const { dependencies: inLock, devDependencies: devInLock, optionalDependencies: optionalInLock } = root
  expect([inLock, devInLock, optionalInLock]).toEqual([dependencies, devDependencies, optionalDependencies])
})

test('the lockfile holds what each package is, and not where it was fetched from', () => {
  expect(packages.length).toBeGreaterThan(100)
  expect(packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([])
  expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([])
  expect(readFileSync('.npmrc', 'utf8')).toContain('omit-lockfile-registry-resolved=true\n')
})

test('no package runs a script when it is installed', () => {
  const scripted = packages.flatMap(([path, { hasInstallScript }]) =>
    hasInstallScript ? [path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)] : [],
  )
  expect(scripted.filter((name) => !(name in allowScripts))).toEqual([])
  expect(Object.values(allowScripts).filter(Boolean)).toEqual([])
  // One that is not decided on is an error then, instead of a warning.
  expect(readFileSync('.npmrc', 'utf8')).toContain('strict-allow-scripts=true\n')
})

test('all that is installed to run it may be passed on', () => {
  const licences = new Set(packages.filter(([, { dev }]) => !dev).map(([, { license }]) => license))
  expect([...licences].sort()).toEqual([
    '0BSD',
    'Apache-2.0',
    'BSD-3-Clause',
    'ISC',
    'MIT',
    'MPL-2.0',
    // The fonts: free to use, change and pass on.
    'SEE LICENSE IN README.md AND LICENSE',
    'Unlicense',
  ])
})
