/** The first words of a statement that date it by the day on which it is read, such as "last year" or "on Friday". */
export function relativeDate(statement: string): string | undefined {
  // What is quoted was said at its own time; blanks keep the places of the rest.
  const own = statement.replace(/"[^"]*"|“[^”]*”/g, (quoted) => '"'.padEnd(quoted.length))
  const found = PATTERNS.map((pattern) => pattern.exec(own)).filter((match) => match !== null)
  const [first] = found.sort((a, b) => a.index - b.index)
  return first && statement.slice(first.index, first.index + first[0].length)
}

const WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day'
// With a capital: "this may rise" is no date.
const MONTH = '(?:January|February|March|April|May|June|July|August|September|October|November|December)'
const SEASON = '(?:spring|summer|autumn|fall(?! in\\b)|winter)'
const UNIT = `(?:weekend|week|fortnight|month|quarter|year|decade|century|${SEASON}|${WEEKDAY})`
const SPAN = '(?:hour|day|week|month|year|decade)'
const NUMBER = '(?:\\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|few|several|couple of)'

// Friday 19 September 2025 · Friday, September 19 · Friday (2025-09-19) · Friday the 19th
const DATE_AFTER = `(?:,| the)? \\(?(?:\\d|the \\d|${MONTH}\\b)`

// "of the next year" counts from a date that the statement gives; "next year" by itself does not.
const NOT_COUNTED = '(?<!\\b(?:[Tt]he|[Ee]ach|[Ee]very|a|that|per|of) )\\b'
const NAMED_DAY = '(?:every|each|good|black|easter|ash|holy|palm)'

const PATTERNS = [
  /\b(?:yesterday|today|tonight|tomorrow|nowadays|recently|lately)\b/i,
  /\b(?:last night|these days|the other day|right now|as of now|until now|till now|up to now|by now|for now)\b/i,
  /(?:\b[\p{L}\p{N}]+ ){0,2}\bago\b/iu,
  new RegExp(`${NOT_COUNTED}(?:last|next) ${UNIT}\\b`, 'i'),
  new RegExp(`${NOT_COUNTED}(?:[Ll]ast|[Nn]ext|[Tt]his) ${MONTH}(?!\\w| \\d)`),
  new RegExp(`\\bthis (?:past |coming |very )?(?:${UNIT}|morning|afternoon|evening)\\b`, 'i'),
  new RegExp(
    `\\b(?:over|in|during|within|for|throughout) the (?:past|last|coming|next) (?:${NUMBER} )?${SPAN}s?\\b(?! of\\b)`,
    'i',
  ),
  new RegExp(
    `(?<!${NAMED_DAY} )\\b(?:on|by|until|till|since|before|after|late|early|as of) ${WEEKDAY}\\b` +
      `(?!${DATE_AFTER}|-|(?: to| through| or| and|,) ${WEEKDAY})`,
    'i',
  ),
  new RegExp(`(?<!${NAMED_DAY} )\\b${WEEKDAY}['’]s\\b(?! \\(?\\d)`, 'i'),
  // Names that changed ("now called") and compounds ("the now-expired law") date nothing.
  /(?<![-'’])\bnow\b(?!-| (?:known|called|named|defunct|expired|former|repealed|superseded))/i,
]
