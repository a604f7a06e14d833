import { createRequire } from 'node:module'
import type { Chrono } from 'chrono-node/en'
import { type Day, daysBetween, firstDay, isDay, lastDay, shiftDay } from '../knowledge/days.ts'
import { QUESTION_WORDS, STOP_WORDS, spelledOut } from './english.ts'

/** A time that a question names, in calendar days; both ends are included. */
export interface AskedTime {
  /** How things stood then · something within it · something up to `until` · something from `from` on. */
  readonly kind: 'as-of' | 'during' | 'before' | 'after'
  readonly from?: Day
  readonly until?: Day
  /** As written, without the preposition, and where. */
  readonly text: string
  readonly index: number
  /** Which year or week was not said; the one that suits best was taken. */
  readonly guessed: boolean
  /** It stands before a noun ("the June call", "the 2024 election"): it tells which one rather than when. */
  readonly naming: boolean
}

type Span = readonly [from: Day, until: Day]
type Groups = Readonly<Partial<Record<string, string>>>

/** What a phrase may mean, in order of time; the word that tells which is meant; whether it says "now". */
interface Reading {
  readonly options: readonly Span[]
  readonly which?: string | undefined
  readonly now?: boolean
}

/** A phrase that was read, with the words in front that place it ("before") or cut it to a third ("end of"). */
interface Mention extends Reading {
  readonly asOf: Day
  readonly start: number
  readonly end: number
  readonly before: string
  readonly after: string
  readonly tense: 'past' | 'future' | undefined
  readonly lead: string
  readonly third: number
}

type Setting = Pick<Mention, 'asOf' | 'before' | 'after' | 'tense'>

/** Who names more times than this asks for none of them; it bounds the work on a text full of dates. */
const MOST_MENTIONS = 20
/** Characters around a phrase that are searched for the words beside it, and for its verb. */
const [BESIDE, CLAUSE] = [40, 200]

/** The times that a text names, in its order, read against the day that it is asked for. */
export function datesIn(text: string, asOf: Day): AskedTime[] {
  const mentions = mentionsIn(text, asOf)
  const times: AskedTime[] = []
  for (let i = 0; i < mentions.length; i++) {
    const [mention, next] = [mentions[i] as Mention, mentions[i + 1]]
    const range = next && rangeOf(mention, next, text)
    if (range) i++
    const time = range ?? { ...placed(mention), ...toldBy(mention, mention, text) }
    // Arithmetic may leave the years that a day can be written in.
    if (isDay(time.from ?? asOf) && isDay(time.until ?? asOf)) times.push(time)
  }
  return times
}

function mentionsIn(text: string, asOf: Day): Mention[] {
  const mentions: Mention[] = []
  let rest = text
  for (const [form, read] of FORMS) {
    rest = rest.replace(form, (phrase: string, ...found: unknown[]) => {
      if (mentions.length >= MOST_MENTIONS) return phrase
      const index = found.at(-3) as number
      const end = index + phrase.length
      const before = text.slice(Math.max(0, index - BESIDE), index)
      const setting = { asOf, before, after: text.slice(end, end + BESIDE), tense: tenseAround(text, index, end) }
      const reading = read(found.at(-1) as Groups, setting)
      const options = reading?.options.filter((span) => span.every(isDay) && span[0] <= span[1]) ?? []
      if (options.length === 0) return phrase
      const [piece = ''] = PIECE.exec(before) ?? []
      const start = index - piece.length
      const head = before.slice(0, before.length - piece.length)
      const [lead = ''] = (!DAY_TO_DAY.test(phrase) && LEADS.find(([, words]) => words.test(head))) || []
      const third = THIRDS.findIndex((words) => words.test(piece))
      mentions.push({ ...reading, ...setting, before: head, options, start, end, lead, third })
      // Blanked, so that no later form reads a part of it again.
      return '\0'.repeat(phrase.length)
    })
  }
  return mentions.sort((a, b) => a.start - b.start)
}

function placed(mention: Mention): Pick<AskedTime, 'kind' | 'from' | 'until'> {
  const { lead, now, third } = mention
  const [from, until] = spanOf(mention)
  // Before the end of June is before its last day.
  const edge = third === 2 ? until : from
  if (lead === 'since' || lead === 'from') return { kind: 'after', from }
  if (lead === 'after') return { kind: 'after', from: shiftDay(until, 1) }
  // Until 10 November is with that day, until November without that month.
  if (lead === 'by' || (lead === 'until' && edge === until)) return { kind: 'before', until }
  if (lead === 'until' || lead === 'before') return { kind: 'before', until: shiftDay(edge, -1) }
  return { kind: now || lead === 'as of' ? 'as-of' : 'during', from, until }
}

/** From one to the other, where the words between them say so; each may tell the other's year. */
function rangeOf(first: Mention, second: Mention, text: string): AskedTime | undefined {
  const gap = text.slice(first.end, second.start)
  if (!TO.test(gap) && !(/^ and (?:the )?$/i.test(gap) && /\bbetween (?:the )?$/i.test(first.before))) return undefined
  const fixed = isOpen(second) ? undefined : spanOf(second)
  const [from, end] = spanOf(fixed && isOpen(first) ? { ...first, tense: 'past', asOf: fixed[0] } : first)
  const [, until] = fixed ?? spanOf({ ...second, lead: '', tense: 'future', asOf: end })
  return from <= until ? { kind: 'during', from, until, ...toldBy(first, second, text) } : undefined
}

function toldBy(first: Mention, last: Mention, text: string): Omit<AskedTime, 'kind'> {
  const { start: index, before, lead, now } = first
  const [noun = ''] = spelledOut(/^(?:'s)? (\p{L}+)/u.exec(last.after)?.[1]?.toLowerCase() ?? '')
  const apart = lead !== '' && !/\b(?:the|an?|this|that|his|her|their|its|our) $/i.test(before)
  const naming = !(now || apart || noun === '' || STOP_WORDS.has(noun) || QUESTION_WORDS.has(noun))
  return { text: text.slice(index, last.end), index, guessed: isOpen(first) && isOpen(last), naming }
}

/** The one that is meant of all that a phrase may mean, or the third of it that is. */
function spanOf(mention: Mention): Span {
  const span = pick(mention) ?? (mention.options[0] as Span)
  const days = daysBetween(...span) + 1
  const edge = (third: number) => shiftDay(span[0], Math.round((third * days) / 3))
  return mention.third < 0 || days < 3 ? span : [edge(mention.third), shiftDay(edge(mention.third + 1), -1)]
}

function pick({ options, which, lead, asOf, tense }: Mention): Span | undefined {
  if (which && LAST.test(which)) return options.findLast(([, until]) => until < asOf)
  if (which && NEXT.test(which)) return options.find(([from]) => from > asOf)
  const near = which ? options.filter((span) => span.some((day) => day.slice(0, 4) === asOf.slice(0, 4))) : options
  const past = near.findLast(([from]) => from <= asOf)
  const future = near.find(([, until]) => until >= asOf)
  // Where no verb tells, "since" looks back and "until" ahead; "extended to December" does not tell when it was.
  const usual = lead === 'since' ? 'past' : lead === 'by' || lead === 'until' ? 'future' : undefined
  const told = lead === 'to' ? undefined : (tense ?? usual)
  if (!past || !future) return past ?? future
  if (told) return told === 'past' ? past : future
  return daysBetween(past[1], asOf) <= daysBetween(asOf, future[0]) ? past : future
}

/** Prepositions; those above win over those below, of which they may hold a word. */
const LEADS = Object.entries({
  since: 'since',
  from: 'on (?:or|and) after|from|(?:starting|beginning|effective)(?: (?:in|on|from|as of))?|not? (?:before|earlier than)',
  'as of': 'as (?:of|at|on)|at|(?:situation|position|status|stood|known) (?:on|at|in|by|as of)',
  by: 'by|on or before|not? later than|(?<!(?:go|goes|went|gone|got) )through',
  after: 'after|later than|past',
  until: "until|till|'?til|up to",
  before: 'before|prior to|ahead of|earlier than',
  to: 'to',
  in: 'in|on|during|over|throughout|within|for|of',
}).map(([lead, words]) => [lead, new RegExp(`(?<!\\w)(?:${words})(?: (?:the|about|around))* $`, 'i')] as const)
const PIECE = /\b(?:(?:early|mid|late)(?: in)?|(?:the )?(?:start|beginning|middle|end) of)[ -]$/i
const THIRDS = [/early|start|begin/i, /mid/i, /late|end/i]
const DAY_TO_DAY = /^\D*\d{1,2}[^\d/]{1,5}\d{1,2}(?!\d)/
const TO = /^ ?(?:to|until|till?|through|thru|[-–])(?: the)? ?$/i
const LAST = /last|past|previous/i
const NEXT = /next|coming/i
const stepOf = (which: string) => (LAST.test(which) ? -1 : NEXT.test(which) ? 1 : 0)

const AUXILIARY =
  /\b(?:(?<past>did|didn't|was|wasn't|were|weren't|had|been|ever|already|happened)|will|won't|shall|gonna|going to|about to|upcoming|planned|scheduled|expected|supposed|due|(?<=')ll)\b/gi
const PRESENT = /\b(?:is|are|do|does|am|can|may|must|would|should|isn't|aren't)\b/i
const PAST_VERB = /\b(?:said|told|got|met|spoke|came|went|gave|made|took|held|began|rose|fell|paid|\w{3,}ed)\b/i
const SENTENCE_END = /[?!;]\s|\.\s+(?=\p{Lu})/u
const TO_SENTENCE = new RegExp(`^.*(?:${SENTENCE_END.source})`, 'su')

/** The tense that the nearest verb tells, those before the phrase first. */
function tenseAround(text: string, start: number, end: number): Setting['tense'] {
  const before = text.slice(Math.max(0, start - CLAUSE), start).replace(TO_SENTENCE, '')
  const [after = ''] = text.slice(end, end + CLAUSE).split(SENTENCE_END)
  const verb = [...before.matchAll(AUXILIARY)].at(-1) ?? after.matchAll(AUXILIARY).next().value
  if (verb) return verb.groups?.past ? 'past' : 'future'
  return !PRESENT.test(before + after) && PAST_VERB.test(before + after) ? 'past' : undefined
}

const one = (span: Span): Reading => ({ options: [span] })
const isOpen = ({ options, which }: Reading) => options.length > 1 && which === undefined
const two = (part: number | null) => String(part).padStart(2, '0')

function monthsFrom(day: Day, later: number, count: number): Span {
  const first = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + later
  const month = (at: number) => `${String(Math.floor(at / 12)).padStart(4, '0')}-${two((at % 12) + 1)}`
  return [firstDay(month(first)), lastDay(month(first + count - 1))]
}

/** The whole day, week, month or year that lies so many of them after that of a day. */
function unitAt(unit: string, day: Day, later: number): Span {
  const months = { year: 12, quarter: 3, month: 1 }[unit]
  if (months) return monthsFrom(day, later * months - ((Number(day.slice(5, 7)) - 1) % months), months)
  if (unit === 'day') return [shiftDay(day, later), shiftDay(day, later)]
  const monday = later * 7 - ((new Date(day).getUTCDay() + 6) % 7)
  return [shiftDay(day, monday), shiftDay(day, monday + 6)]
}

/** A time of every year: of the year that is named, else of any near the day. */
function yearly({ year, of, which }: Groups, asOf: Day, at: (year: string) => Span): Reading {
  const current = Number(asOf.slice(0, 4))
  const inYear = (year: number) => at(String(year).padStart(4, '0'))
  if (year) return one(at(year.replace("'", '20')))
  if (of) return one(inYear(current + stepOf(of)))
  // Leap days lie at most eight years apart.
  return { options: Array.from({ length: 17 }, (_, i) => inYear(current + i - 8)), which }
}

// It takes 35 ms to load and to read for the first time, and most questions name no date.
let chrono: Chrono | undefined
const LEAP_YEAR = 2024

/** Days and months as people write them. What is relative is ours: to chrono, last month on 31 March is March. */
function written(groups: Groups, { before, after, asOf }: Setting): Reading | undefined {
  const { date = '', which = '', year, of } = groups
  if (!year && !of && !isMonth(date, which, before, after)) return undefined
  chrono ??= (createRequire(import.meta.url)('chrono-node/en') as typeof import('chrono-node/en')).casual
  const words = date.replace(/christmas|xmas/i, '25 December')
  const plain = words.replace(/ (?:and|&) /i, ' to ').replace(/ the /i, ' ')
  const [found] = chrono.parse(`${plain} ${LEAP_YEAR}`, new Date(LEAP_YEAR, 0))
  if (!found) return undefined
  const [first, last] = [found.start, found.end ?? found.start].map(
    (parts) => two(parts.get('month')) + (parts.isCertain('day') ? `-${two(parts.get('day'))}` : ''),
  )
  return yearly(groups, asOf, (year) => [firstDay(`${year}-${first}`), lastDay(`${year}-${last}`)])
}

/** Whether a word that may be another (may, march, dec) is a month here. */
function isMonth(date: string, which: string, before: string, after: string): boolean {
  if (/may$/i.test(date) && MODAL.test(after)) return false
  if (/\d|of/i.test(date) || !/^(?:may|march|sept|\w{3})$/i.test(date)) return true
  if (/^(?:last|next)/i.test(which) || (which === '' && new RegExp(`${PLACED}$`, 'i').test(before))) return true
  const near = which !== '' || /\b(?:to|and|for|of|the) $|[-–] ?$/.test(before) || /^ ?(?:to|[-–]) ?[A-Z]/.test(after)
  return near && /^[A-Z]/.test(date) && !/^ (?:on|for)\b/i.test(after)
}
const MODAL = /^(?: \w+)? (?:be|not|also|have|has|i|we|you|he|she|it|they|get|go|come|become|take|still|well|only)\b/i

/** So many days, weeks … ago or ahead; the last or next so many of them, with today. */
function counted({ n = '', unit = '', ago, ahead, which }: Groups, { tense, asOf }: Setting): Reading | undefined {
  const count = Number(n) || NUMBERS.indexOf(n.toLowerCase()) + 1 || (/couple/i.test(n) ? 2 : 1)
  if (which && stepOf(which) < 0) return one([unitAt(unit, asOf, -count)[0], asOf])
  if (which) return one([asOf, unitAt(unit, asOf, count)[1]])
  // "How much may it rise in two months" asks for no date.
  if (!ago && !(ahead && tense === 'future')) return undefined
  return one(unitAt(unit, asOf, / ago/i.test(ago ?? '') ? -count : count))
}

function weekday({ which = '', name = '' }: Groups, { asOf, tense }: Setting): Reading {
  const day = WEEKDAYS.indexOf(name.slice(0, 3).toLowerCase())
  const options = [-1, 0, 1].map((week) => unitAt('day', unitAt('week', asOf, week)[0], day))
  // On a Monday "next Friday" is that of the week after; "this Friday" is the first to come.
  if (/^next/i.test(which)) return { options: options.slice(2) }
  if (which === '' || LAST.test(which) || tense === 'past') return { options, which: which || undefined }
  return { options: options.filter(([day]) => day >= asOf).slice(0, 1) }
}

/** The seasons of the north. */
function season(groups: Groups, { asOf }: Setting): Reading {
  const first = { spring: 2, summer: 5, autumn: 8, fall: 8, winter: 11 }[groups.name?.toLowerCase() ?? ''] ?? 0
  return yearly(groups, asOf, (year) => monthsFrom(`${year}-01`, first, 3))
}

const WEEKDAYS = 'mon tue wed thu fri sat sun'.split(' ')
const NUMBERS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ')
const WHICH = '(?:(?<which>last|next|previous|this(?: past| coming)?|(?<=the )(?:past|coming)) )'
const YEAR = '(?:19|20)\\d\\d(?![\\d%]|[.,]\\d)'
const OF_YEAR = `(?:(?:,? ?(?:of |in )?|/)(?<year>${YEAR}|'\\d\\d)|,? (?:of |in )?(?<of>last|this|next) year)`
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?|(?:septem|octo|novem|decem)ber|oct|nov|dec)(?![a-z])(?:\\.(?= ?\\d))?'
const DAY = '(?:3[01]|[12]\\d|0?[1-9])(?:st|nd|rd|th)?(?![\\d%:]|[.,]\\d| (?:per ?cent|million|minutes)\\b)'
const DAYS = `${DAY}(?:(?: ?[-–] ?| to | and | & )${DAY})?`
const DATE = `(?<date>${DAYS} ?(?:of )?${MONTH}|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) of ${MONTH}|${MONTH} (?:the )?${DAYS}|${MONTH}|christmas|xmas|\\d\\d?/\\d\\d?(?=/\\d{4}))`
const COUNT = `(?<n>\\d{1,3}|(?<!half )an?|(?:a )?couple(?: of)?|${NUMBERS.join('|')})`
const UNIT = '(?<unit>day|week|month|quarter|year)'
const WHOLE = `(?:(?<!\\b(?:over|in|during|for|within) the )(?<which>last|next|previous|this)|(?<=\\b(?:start|beginning|middle|end) of )the) ${UNIT}(?<!day)(?! of\\b)`
const NEARBY = '(?<far>the day (?:before|after) )?(?:(?<back>yesterday|last night)|(?<on>tomorrow))|tonight'
const WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day'
const SHORT = '(?<=\\b(?:on|by|until|till|since|before|after|last|next) )(?:mon|tues?|wed|thu(?:rs?)?|fri|sat)'
const NAMED_DAY = `(?<!\\b(?:every|each|any|black|good|cyber) )(?<name>${WEEKDAY}|${SHORT})(?: (?:morning|afternoon|night))?`
const PLACED =
  '(?<=\\b(?:in|since|by|until|till|before|after|during|from|early|late|mid|around|through|year|(?:start|beginning|middle|end) of)[ -](?:the )?)'
const SEASON = `(?<name>summer|autumn|winter|(?:${PLACED}|(?<=\\b(?:last|next|this|past|coming) ))(?:spring|fall(?! (?:in|of|out)\\b))|(?<=\\bthe )spring|(?:spring|fall)(?=,? (?:of )?\\d{4}))`
const BARE_YEAR = `(?<!\\b(?:project|agenda|vision) )(?:20[123]\\d|${PLACED}${YEAR})(?![\\d%]|[.,]\\d|-\\d\\d?\\b| (?:per ?cent|dollars|people|users|jobs)\\b)`
const NOW =
  '(?:right |just |as of |until |till |up to |by )?(?<!-)now(?!-| (?:that|known|called|named)\\b|(?<=(?:^|[.!?] )now),)|today|current(?:ly)?(?! (?:events|affairs)\\b)|presently|nowadays|these days|at (?:the )?present(?: time)?|at (?:the|this) (?:very )?moment|so far(?! (?:as|away)\\b)|(?<!\\bup )to date|rn|atm|(?<=\\b(?:to|until|till) )the present'
const form = (words: string) => new RegExp(`(?<![\\w$€£#.,:/])(?<phrase>${words})(?!\\w)`, 'gi')

/** Forms of phrases and their meanings; those above win over those below. */
const FORMS: readonly (readonly [RegExp, (groups: Groups, setting: Setting) => Reading | undefined])[] = [
  [form('\\d{4}-\\d\\d(?:-\\d\\d)?(?!-?\\d)'), ({ phrase = '' }) => one([firstDay(phrase), lastDay(phrase)])],
  [form(`${WHICH}?(?:${WEEKDAY},? (?:the )?)?${DATE}${OF_YEAR}?`), written],
  [form(`(?<ahead>in )?${COUNT} ${UNIT}s?(?<ago> ago(?: today)?| from (?:now|today)|'s? time)?`), counted],
  [form(WHOLE), ({ unit = '', which = '' }, { asOf }) => one(unitAt(unit, asOf, stepOf(which)))],
  [form(`(?<which>last|past|next|coming) (?:${COUNT} |(?!day))${UNIT}s?(?! of\\b)`), counted],
  [form(NEARBY), ({ far, back, on }, { asOf }) => one(unitAt('day', asOf, (back ? -1 : on ? 1 : 0) * (far ? 2 : 1)))],
  [form(`${WHICH}?${NAMED_DAY}`), weekday],
  [form(`${WHICH}?${SEASON}${OF_YEAR}?`), season],
  [form(BARE_YEAR), ({ phrase = '' }) => one([firstDay(phrase), lastDay(phrase)])],
  [form(NOW), (_, { asOf }) => ({ options: [[asOf, asOf]], now: true })],
]
