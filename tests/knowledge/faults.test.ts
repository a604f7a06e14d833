import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { FAULT_CODES, type Fault, type FaultCode, faultText } from '../../src/knowledge/fault.ts'
import { parseKnowledge } from '../../src/knowledge/parse.ts'
import { BUILT_IN_NAMES } from '../../src/knowledge/reserved-names.ts'
import { folderWith, GOOD, spoiled, type TextFile } from './good-folder.ts'

const FERRIES = 'topics/ferries.yaml'
const PIERS = 'topics/piers.yaml'
const ASKED = 'questions/ferries.yaml'
const bomb = [
  'a: &a [x, x]',
  ...'bcdefghij'.split('').map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefghij'[i]}`)}]`),
]
/** One topic more than there is room for among Discord’s hundred commands: the folder has one of its own. */
const TOO_MANY = 100 - BUILT_IN_NAMES.length
const manyTopics = Array.from({ length: TOO_MANY }, (_, i) => [
  `topics/t${String(i).padStart(2, '0')}.yaml`,
  GOOD[PIERS]
    ?.replace('topic: piers', `topic: t${String(i).padStart(2, '0')}`)
    .replace('pier-opened', `fact-${i}-of-many`) ?? '',
])

/** One example for each code, and the file:line:column where it is told. */
const EXAMPLES: [FaultCode, TextFile[], string][] = [
  ['missing-file', folderWith({ 'sources.yaml': undefined }), 'sources.yaml:1:1'],
  ['missing-file', folderWith({ [FERRIES]: undefined, [PIERS]: undefined }), 'topics:1:1'],
  [
    'not-utf8',
    folderWith({ 'glossary.yaml': Buffer.from('- { term: fare,\n  synonyms: [pr\xe9cio] }\n', 'latin1') }),
    'glossary.yaml:2:16',
  ],
  ['file-too-large', folderWith({ 'glossary.yaml': `#${' '.repeat(1_000_000)}` }), 'glossary.yaml:1:1'],
  ['bad-yaml', spoiled(PIERS, 'Where ferries land', 'Where: ferries land'), `${PIERS}:3:14`],
  ['bad-yaml', spoiled(PIERS, 'title: Piers', 'title: "Piers'), `${PIERS}:11:1`],
  ['bad-yaml', folderWith({ 'glossary.yaml': '- { term: a, synonyms: [b] }\n---\n[]\n' }), 'glossary.yaml:2:1'],
  ['tab-indent', spoiled(PIERS, '    kind', '\tkind'), `${PIERS}:7:1`],
  ['duplicate-key', spoiled(PIERS, 'kind: event', 'kind: event\n    kind: rule'), `${PIERS}:8:5`],
  ['bad-alias', spoiled(PIERS, 'title: Piers', 'title: *piers'), `${PIERS}:2:8`],
  ['bad-alias', folderWith({ 'glossary.yaml': bomb.join('\n') }), 'glossary.yaml:1:4'],
  ['too-deep', folderWith({ 'glossary.yaml': '['.repeat(300) }), 'glossary.yaml:1:101'],
  ['unknown-key', spoiled(PIERS, 'statement:', 'statment: x\n    statement:'), `${PIERS}:6:5`],
  ['missing-key', spoiled(PIERS, '    kind: event\n', ''), `${PIERS}:5:5`],
  ['wrong-type', spoiled(PIERS, 'title: Piers', 'title: 4'), `${PIERS}:2:8`],
  ['wrong-type', spoiled(FERRIES, 'paragraph: 5', 'paragraph: five'), `${FERRIES}:25:46`],
  ['unknown-value', spoiled(PIERS, 'kind: event', 'kind: evnt'), `${PIERS}:7:11`],
  ['empty-text', spoiled(PIERS, 'title: Piers', 'title: "\u200b "'), `${PIERS}:2:8`],
  ['empty-list', spoiled('glossary.yaml', '[ticket price, charge]', '[]'), 'glossary.yaml:1:27'],
  ['too-long', spoiled(PIERS, 'Where ferries land', 'x'.repeat(101)), `${PIERS}:3:14`],
  ['too-long', spoiled(PIERS, 'id: pier-opened', `id: ${'x'.repeat(61)}`), `${PIERS}:5:9`],
  ['too-long', spoiled(PIERS, 'Pier 4 opened in April 2025.', 'x'.repeat(401)), `${PIERS}:6:16`],
  ['too-long', spoiled(ASKED, 'How much is a crossing?', 'x'.repeat(201)), `${ASKED}:2:5`],
  ['control-character', spoiled(PIERS, 'title: Piers', 'title: "Pi\\u202Eers"'), `${PIERS}:2:8`],
  ['control-character', spoiled(PIERS, 'title: Piers', 'title: Piers # \0'), `${PIERS}:2:16`],
  ['bad-id', spoiled(PIERS, 'id: pier-opened', 'id: ../pier'), `${PIERS}:5:9`],
  ['bad-id', spoiled(PIERS, 'id: pier-opened', 'id: Pier_Opened'), `${PIERS}:5:9`],
  ['bad-date', spoiled(PIERS, 'verified: 2025-09-19', 'verified: 2025-09'), `${PIERS}:10:15`],
  ['bad-date', spoiled(PIERS, 'from: 2025-04', 'from: April 2025'), `${PIERS}:8:21`],
  ['impossible-date', spoiled(FERRIES, 'until: 2025-11-10', 'until: 2025-02-30'), `${FERRIES}:9:34`],
  ['bad-url', spoiled('sources.yaml', 'https://example.org/ferries', 'javascript:alert(1)'), 'sources.yaml:5:8'],
  ['bad-url', spoiled('sources.yaml', 'https://example.org/ferries', 'ferries.html'), 'sources.yaml:5:8'],
  ['no-citation', spoiled(PIERS, '[{ source: report }]', '[]'), `${PIERS}:9:16`],
  ['no-citation', spoiled(PIERS, '    citations: [{ source: report }]\n', ''), `${PIERS}:5:5`],
  ['long-quote', spoiled(FERRIES, 'Fares must fall', Array(26).fill('so').join(' ')), `${FERRIES}:23:20`],
  ['until-before-from', spoiled(FERRIES, 'from: 2025,', 'from: 2026,'), `${FERRIES}:9:34`],
  ['missing-speaker', spoiled(FERRIES, '    speaker: jane-doe\n', ''), `${FERRIES}:21:11`],
  ['relative-date', spoiled(PIERS, 'in April 2025.', 'last year.'), `${PIERS}:6:30`],
  ['duplicate-id', spoiled(PIERS, 'id: pier-opened', 'id: fare-cap'), `${PIERS}:5:9`],
  [
    'duplicate-id',
    folderWith({ 'entities.yaml': `${GOOD['entities.yaml']}- { id: jane-doe, name: J. D. }\n` }),
    'entities.yaml:3:9',
  ],
  ['lookalike-id', spoiled(PIERS, 'id: pier-opened', 'id: o1d-fare'), `${PIERS}:5:9`],
  ['lookalike-id', spoiled(PIERS, 'id: pier-opened', 'id: farecap'), `${PIERS}:5:9`],
  ['unknown-source', spoiled(PIERS, 'source: report', 'source: reprot'), `${PIERS}:9:27`],
  ['unknown-entity', spoiled(FERRIES, '[harbour-office]', '[Harbor Office]'), `${FERRIES}:8:16`],
  ['unknown-fact', spoiled(FERRIES, '[old-fare]', '[old-fair]'), `${FERRIES}:24:18`],
  ['unknown-fact', spoiled(FERRIES, 'supersedes: [old-fare]', 'contrasts: [old-fair]'), `${FERRIES}:24:17`],
  [
    'unknown-entity',
    spoiled('entities.yaml', 'name: Jane Doe', 'name: Jane Doe, body: harbor-office'),
    'entities.yaml:2:41',
  ],
  ['unknown-fact', spoiled(ASKED, 'fare-cap:', 'fare-cup:'), `${ASKED}:1:1`],
  ['circular-supersession', spoiled(FERRIES, 'reviewBy: 2026-01-01', 'supersedes: [wish]'), `${FERRIES}:24:18`],
  ['circular-supersession', spoiled(FERRIES, '[old-fare]', '[wish]'), `${FERRIES}:24:18`],
  [
    'shared-alias',
    spoiled('entities.yaml', 'name: Jane Doe', 'name: Jane Doe, aliases: [The  Port]'),
    'entities.yaml:2:45',
  ],
  ['duplicate-question', spoiled(ASKED, 'Ferry price?\nwish', 'how much is a crossing\nwish'), `${ASKED}:3:5`],
  [
    'bad-topic-name',
    folderWith({ 'topics/The piers.yaml': pier('topic: piers', 'topic: The piers'), [PIERS]: undefined }),
    'topics/The piers.yaml:1:8',
  ],
  [
    'bad-topic-name',
    folderWith({
      [`topics/${'p'.repeat(33)}.yaml`]: pier('topic: piers', `topic: ${'p'.repeat(33)}`),
      [PIERS]: undefined,
    }),
    `topics/${'p'.repeat(33)}.yaml:1:8`,
  ],
  ['topic-file-mismatch', spoiled(PIERS, 'topic: piers', 'topic: quays'), `${PIERS}:1:8`],
  [
    'reserved-topic',
    folderWith({ 'topics/ask.yaml': pier('topic: piers', 'topic: ask'), [PIERS]: undefined }),
    'topics/ask.yaml:1:8',
  ],
  [
    'too-many-topics',
    folderWith({ ...Object.fromEntries(manyTopics), [PIERS]: undefined }),
    `topics/t${TOO_MANY - 1}.yaml:1:8`,
  ],
]

// What only a disk can do is tried in load.test.ts.
const ON_DISK: FaultCode[] = ['unreadable-file', 'outside-link']

test.each(EXAMPLES)('%s is told where it stands', (code, files, place) => {
  expect(faultsOf(files).map((fault) => [fault.code, `${fault.file}:${fault.line}:${fault.column}`])).toEqual([
    [code, place],
  ])
})

test('every code has an example and is explained in docs/knowledge-errors.md, and no other is', () => {
  const docs = readFileSync('docs/knowledge-errors.md', 'utf8')
  const explained = docs.split(/^### /m).slice(1)
  expect(explained.map((section) => section.split('\n')[0])).toEqual(FAULT_CODES.map((code) => `\`${code}\``))
  for (const section of explained) expect(section).toMatch(/^`.+`\n\n.+\n\n```\w+\n[\s\S]+?\n```\n\nMend: .+/)
  expect(new Set([...EXAMPLES.map(([code]) => code), ...ON_DISK])).toEqual(new Set(FAULT_CODES))
})

test('all faults of all files are told at once, in the order of files and lines', () => {
  const faults = faultsOf(
    folderWith({
      'sources.yaml': `${GOOD['sources.yaml']}- { id: other, title: Other, date: 2025-13 }\n`,
      [PIERS]: pier('kind: event', 'kind: event\n    kind: evnt\n    colour: red').replace(
        'source: report',
        'source: nowhere',
      ),
      [ASKED]: 'fare-cap:\n  - a\n  - A?\nnobody:\n  - b\n',
    }),
  )
  expect(faults.map(({ code, file, line }) => `${file}:${line} ${code}`)).toEqual([
    'questions/ferries.yaml:3 duplicate-question',
    'questions/ferries.yaml:4 unknown-fact',
    'sources.yaml:7 impossible-date',
    'topics/piers.yaml:8 duplicate-key',
    'topics/piers.yaml:8 unknown-value',
    'topics/piers.yaml:9 unknown-key',
    'topics/piers.yaml:11 unknown-source',
  ])
})

test('a broken file brings no fault for each use of what stands in it', () => {
  const files = folderWith({ [FERRIES]: `${GOOD[FERRIES]}\tx`, 'entities.yaml': Buffer.from([0xff]) })
  expect(faultsOf(files).map(({ code }) => code)).toEqual(['not-utf8', 'tab-indent'])
})

describe('faultText', () => {
  test('shows the place, the line with a caret under it, and the mend', () => {
    const [fault] = faultsOf(spoiled(PIERS, 'kind: event', 'knid: event').filter(({ path }) => path !== ''))
    expect(fault && faultText({ ...fault, file: 'knowledge/topics/piers.yaml' })).toBe(
      [
        'knowledge/topics/piers.yaml:5:5: "kind" is missing [missing-key]',
        '      - id: pier-opened',
        '        ^',
        '  Add a line kind: …',
      ].join('\n'),
    )
  })

  test('says what was probably meant', () => {
    const [fault] = faultsOf(spoiled(PIERS, 'source: report', 'source: reprot'))
    expect(fault?.hint).toBe('Did you mean "report"?')
  })

  test.each([0, 39, 40, 41, 99, 160, 199])('keeps column %i of a long line in view', (index) => {
    const sourceLine = `${'.'.repeat(index)}X${'.'.repeat(199 - index)}`
    const [, shown = '', caret = ''] = faultText(example({ sourceLine, column: index + 1 })).split('\n')
    expect(shown[caret.indexOf('^')]).toBe('X')
    expect(shown.trim().length).toBeLessThanOrEqual(82)
  })

  test('control characters neither move the caret nor reach the terminal', () => {
    expect(faultText(example({ sourceLine: '\t\u001b[31mX', column: 7 }))).toContain('      [31mX\n          ^')
  })
})

function faultsOf(files: TextFile[]): readonly Fault[] {
  const loaded = parseKnowledge(files, { reservedNames: ['ask'] })
  return loaded.ok ? [] : loaded.faults
}

function pier(from: string, to: string): string {
  return GOOD[PIERS]?.replace(from, to) ?? ''
}

function example(parts: Partial<Fault>): Fault {
  return {
    code: 'bad-yaml',
    file: 'a.yaml',
    line: 1,
    column: 1,
    sourceLine: '',
    message: 'wrong',
    hint: 'Mend it.',
    ...parts,
  }
}
