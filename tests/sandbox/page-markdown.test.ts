import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Block, type Inline, parseMarkdown } from '../../src/sandbox/page/markdown.ts'

/** A tree as short text, so that a table can show it: `bold(a)`. */
const sketch = (blocks: Block[]): string => blocks.map(sketchBlock).join(' ')

function sketchBlock(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return sketchInlines(block.content)
    case 'code-block':
      return `code-block(${block.text})`
    case 'quote':
      return `quote(${sketch(block.content)})`
    case 'heading':
      return `h${block.level}(${sketchInlines(block.content)})`
    case 'subtext':
      return `subtext(${sketchInlines(block.content)})`
    case 'list': {
      const items = block.items.map((item) => `${sketchInlines(item.content)} ${sketch(item.children)}`.trim())
      return `${block.ordered ? `ol${block.start}` : 'ul'}(${items.join(', ')})`
    }
  }
}

const sketchInlines = (nodes: Inline[]): string => nodes.map(sketchInline).join('')

function sketchInline(node: Inline): string {
  if (node.type === 'text') return node.text
  if (node.type === 'link') return `link(${sketchInlines(node.content)} → ${node.url})`
  if ('content' in node) return `${node.type}(${sketchInlines(node.content)})`
  if (node.type === 'time') return `time(${node.seconds} ${node.style})`
  if ('name' in node) return `${node.type}(${node.name})`
  return `${node.type}(${'id' in node ? node.id.slice(-2) : node.text})`
}

const ID = '123456789012345678'

describe('Discord’s markdown', () => {
  test.each([
    ['**a *b* c**', 'bold(a italic(b) c)'],
    ['***both***', 'bold(italic(both))'],
    ['__under__ _it_ *it* ~~gone~~', 'underline(under) italic(it) italic(it) strike(gone)'],
    ['||secret **and bold**||', 'spoiler(secret bold(and bold))'],
    ['snake_case_name 2 * 3 * 4', 'snake_case_name 2 * 3 * 4'],
    ['`**not bold**` ``a`b``', 'code(**not bold**) code(a`b)'],
    ['\\*plain\\* \\<@1> **a\\*\\*b**', '*plain* <@1> bold(a**b)'],
    ['# One\n## Two\n### Three\n#### four', 'h1(One) h2(Two) h3(Three) #### four'],
    ['#nothing\n-# small *print*', '#nothing subtext(small italic(print))'],
    ['> a\n> b\nafter', 'quote(a\nb) after'],
    ['before\n>>> a\nb\nc', 'before quote(a\nb\nc)'],
    ['- a\n  - b\n- c', 'ul(a ul(b), c)'],
    ['3. a\n4. b\n- c', 'ol3(a, b) ul(c)'],
    ['x ```js\nlet a = "**"\n``` y', 'x  code-block(let a = "**") y'],
    ['```one line```', 'code-block(one line)'],
    ['[words](https://a.example/b_(c))', 'link(words → https://a.example/b_(c))'],
    [
      'see https://a.example/x. <https://b.example>',
      'see link(https://a.example/x → https://a.example/x). link(https://b.example → https://b.example)',
    ],
    [`<@${ID}> <@!${ID}> <@&${ID}> <#${ID}>`, 'user(78) user(78) role(78) channel(78)'],
    [`</fact show:${ID}> <t:1700000000:R> <t:1>`, 'command(fact show) time(1700000000 R) time(1 f)'],
    [`<:smile:${ID}> <a:wave:${ID}>`, 'emoji(smile) emoji(wave)'],
    ['@everyone @here @nobody', 'everyone(@everyone) everyone(@here) @nobody'],
  ])('%j', (text, expected) => {
    expect(sketch(parseMarkdown(text))).toBe(expected)
  })

  test.each([
    '[click](javascript:alert(1))',
    '<javascript:alert(1)>',
    '[click](data:text/html,hi)',
    '[https://bank.example](https://evil.example)',
    '<img src=x onerror=alert(1)>',
  ])('%j makes no link', (text) => {
    expect(JSON.stringify(parseMarkdown(text))).not.toContain('"link"')
  })

  test('no text throws, loses its words, or takes long', () => {
    const mark = fc.constantFrom(
      '*',
      '**',
      '_',
      '__',
      '~~',
      '||',
      '`',
      '```',
      '> ',
      '- ',
      '1. ',
      '# ',
      '\n',
      '[',
      '](',
      ')',
      '\\',
      '<',
      '>',
      'a',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 300 }), (parts) => {
        const text = parts.join('')
        const drawn = JSON.stringify(parseMarkdown(text))
        expect(drawn.split('a').length).toBeGreaterThanOrEqual(text.split('a').length)
      }),
      { numRuns: 300 },
    )
    for (const part of ['**', '||*', '[a', '*a ', '- ', '`', '<@', '_a_', '[a](']) parseMarkdown(part.repeat(2000))
  })
})
