/** The first words of a statement that date it by the day on which it is read, such as "last year" or "on Friday". */
export function relativeDate(statement: string): string | undefined {
  // What is quoted was said at its own time; blanks keep the places of the rest.
  const own = statement.replace(/"[^"]*"|“[^”]*”/g, (quoted) => '"'.padEnd(quoted.length))
  const found = PATTERNS.map((pattern) => pattern.exec(own)).filter((match) => match !== null)
  const [first] = found.sort((a, b) => a.index - b.index)
  return first && statement.slice(first.index, first.index + first[0].length)
}

const WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day'
const MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|' +
  '(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\.?)'
const SEASON = '(?:spring|summer|autumn|fall|winter)'
const UNIT = `(?:weekend|week|fortnight|month|quarter|year|decade|century|${SEASON}|${WEEKDAY})`
const SPAN = '(?:hour|day|week|month|year|decade)'
const NUMBER = '(?:\\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|few|several|couple of)'

// Friday 19 September 2025 · Friday, September 19 · Friday (2025-09-19) · Friday the 19th
const DATE_AFTER = `(?:,| the)? \\(?(?:\\d|the \\d|${MONTH}\\b)`

const PATTERNS = [
  /\b(?:yesterday|today|tonight|tomorrow|nowadays|recently|lately|overmorrow)\b/,
  /\b(?:last night|these days|the other day|right now|as of now|until now|till now|up to now|by now|for now)\b/,
  /(?:\b[\p{L}\p{N}]+ ){0,2}\bago\b/u,
  // "of the next year" follows a date that stands before it; "next year" by itself does not.
  `(?<!\\b(?:the|each|every|a|that|per|of) )\\b(?:last|next) ${UNIT}\\b`,
  `(?<!\\b(?:the|each|every|a|that|per|of) )\\b(?:last|next|this) ${MONTH}(?![\\w.]| \\d)`,
  `\\bthis (?:past |coming |very )?${UNIT}\\b`,
  '\\bthis (?:morning|afternoon|evening)\\b',
  `\\b(?:over|in|during|within|for|throughout) the (?:past|last|coming|next) (?:${NUMBER} )?${SPAN}s?\\b(?! of\\b)`,
  `(?<!(?:every|each|good|black|easter|ash|holy|palm) )\\b(?:on|by|until|till|since|before|after|late|early|as of) ${WEEKDAY}\\b(?!${DATE_AFTER}|(?:s|-| to | through | or | and |–))`,
  `(?<!(?:good|black|easter|ash|holy|palm|${WEEKDAY} to) )\\b${WEEKDAY}['’]s\\b(?! \\(?\\d)`,
  // Names that changed ("now called") and compounds ("the now-expired law") date nothing.
  /(?<![-'’])\bnow\b(?!-| (?:known|called|named|defunct|expired|former|repealed|superseded))/,
].map((pattern) => new RegExp(pattern, pattern instanceof RegExp ? `i${pattern.flags}`.replace('uu', 'u') : 'i'))
