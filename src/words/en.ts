import { dateInWords, daysInWords, type PartialDate } from '../knowledge/days.ts'
import type { Kind, Measure, Period } from '../knowledge/snapshot.ts'
import type { Status } from '../knowledge/status.ts'
import type { CommandWords } from './languages.ts'

/**
 * The bot's own words in English. Another language is one file with the same keys, listed in `languages.ts`: the types
 * tell what is missing. Dates come as the files have them, numbers as numbers, so that each language has its own grammar.
 * What comes from the knowledge is passed through as it is.
 */
export const en = {
  /** Commands are written in English where they are; other languages have their names and descriptions here. */
  commands: {} as Readonly<Record<string, CommandWords>>,
  date: dateInWords,
  days: daysInWords,
  period,
  number: (value: number) => value.toLocaleString('en'),
  bounds: { exactly: '', 'at-most': 'at most ', about: 'about ' } as Record<Measure['bound'], string>,

  status: {
    notYet: (asOf: PartialDate, known: PartialDate) =>
      `Not yet known as of ${dateInWords(asOf)}: recorded from ${dateInWords(known)} on.`,
    superseded: (asOf: PartialDate, statement: string) =>
      `Superseded: as of ${dateInWords(asOf)} a newer fact replaces it: “${statement}”`,
    replaces: 'It replaces an earlier fact.',
    ruleUpcoming: (asOf: PartialDate, held: Period, away: number) =>
      `Upcoming: not yet in force as of ${dateInWords(asOf)}, but ${period(held)}, in ${days(away)}.`,
    ruleExpired: (asOf: PartialDate, until: PartialDate, ago: number) =>
      `Expired: its stated end, ${dateInWords(until)}, has passed as of ${dateInWords(asOf)}, by ${days(ago)}, and nothing newer is recorded.`,
    ruleUnverified: (asOf: PartialDate, verified: PartialDate) =>
      `Recorded as holding on ${dateInWords(verified)}; whether it still does as of ${dateInWords(asOf)} is not recorded.`,
    // A rule without an end is often a lasting state, such as who owns what, and that is not "in force".
    ruleHolds: (asOf: PartialDate, from?: PartialDate) =>
      `Holds as of ${dateInWords(asOf)}${since(from)}; no end is recorded.`,
    ruleInForce: (asOf: PartialDate, until: PartialDate, left: number, from?: PartialDate) =>
      `In force as of ${dateInWords(asOf)}${since(from)}, until ${dateInWords(until)}: ${left === 0 ? 'its last day' : `${days(left)} left`}.`,
    eventUndated: (by: PartialDate) => `Past: recorded as having happened by ${dateInWords(by)}.`,
    eventUpcoming: (when: Period) => `Upcoming: set to happen ${period(when)}.`,
    eventPast: (when: Period) => `Past: happened ${period(when)}.`,
    eventNow: (when: Period) => `Dated to the as-of date: happens ${period(when)}.`,
    planUndated: (announced: PartialDate) =>
      `Upcoming: planned, as announced by ${dateInWords(announced)}; no date is recorded for it.`,
    planUndatedUnverified: (asOf: PartialDate, announced: PartialDate) =>
      `Planned, as announced by ${dateInWords(announced)}, without a date; whether it has taken place as of ${dateInWords(asOf)} is not recorded.`,
    planExpired: (asOf: PartialDate, when: Period, ago: number) =>
      `Expired: planned to happen ${period(when)}; its date has passed as of ${dateInWords(asOf)}, by ${days(ago)}; whether it took place is not recorded.`,
    planUpcoming: (asOf: PartialDate, when: Period, away: number, announced: PartialDate) =>
      `Upcoming as of ${dateInWords(asOf)}: planned to happen ${period(when)}, in ${days(away)}, as announced by ${dateInWords(announced)}.`,
    planNow: (asOf: PartialDate, when: Period, announced: PartialDate) =>
      `Planned to happen ${period(when)}, as announced by ${dateInWords(announced)}; whether it has taken place as of ${dateInWords(asOf)} is not recorded.`,
    unknown: (asOf: PartialDate) => `Not recorded: as of ${dateInWords(asOf)} the sources on record leave this open.`,
    claim: ({ kind, speaker, held, told, isReported, status }: Claim) => {
      const what = kind === 'position' ? 'position' : 'estimate'
      const whose = [speaker ? `${what} of ${speaker}` : what, period(held)].filter(Boolean)
      const how = `${isReported ? 'as reported' : 'as stated'} ${at(told)}`
      if (status === 'past') return `Past: ${whose.join(' ')}, ${how}.`
      if (status === 'upcoming') return `Upcoming: ${capital(whose.join(' '))}, ${how}.`
      return `${capital(whose.join(', '))}, ${how}.`
    },
    verified: (day: PartialDate) => `Last verified ${dateInWords(day)}.`,
    reviewDue: (day: PartialDate) => `Not verified since its review fell due on ${dateInWords(day)}.`,
    reviewDueOpen: (day: PartialDate) =>
      `Not verified since its review fell due on ${dateInWords(day)}; nothing newer is recorded, so this may have changed.`,
  },

  asOf: (day: PartialDate) => `As of ${dateInWords(day)}`,
  about: (what: string) => `About: ${what}`,
  readTimeAs: (said: string, time: { from?: PartialDate; until?: PartialDate }) =>
    `Read “${said}” as ${daysInWords(time)}.`,
  notAnsweredHere: (question: string) => `Not answered here: “${question}”`,
  moreToQuestion: (count: number) => `${count} more to this question: choose below.`,
  alsoOnRecord: 'Also on record',
  restOfAnswer: 'The rest of the answer',
  openRelated: 'Open a related question',
  notSureWhich: 'I am not sure which of these you mean:',
  noQuestion: 'I found no question in that. Ask in a sentence or a few words, for example with /ask.',
  nothingYet: (day: PartialDate) => `Nothing about this was on record yet on ${dateInWords(day)}.`,
  recordedFrom: (day: PartialDate) =>
    `Something is on record from ${dateInWords(day)} on: ask as of that day or later.`,
  noFact: 'No recorded fact answers this question, so I give no answer.',
  noted: 'Questions like this are noted as gaps, so that facts can be added.',
  /** Said where the asker's language is not the one that questions are understood in. */
  askInEnglish: '',
  factsAbout: 'There are facts about',
  andMore: (count: number) => `and ${count} more`,
  paragraphs: (numbers: readonly number[], cut: boolean) =>
    `paragraph${numbers.length > 1 ? 's' : ''} ${numbers.join(', ')}${cut ? ', …' : ''}`,

  buttons: {
    sources: 'Sources',
    wrong: 'Wrong or out of date?',
    tellWhenAnswered: 'Tell me when this is answered',
    tellMe: 'Tell me',
    share: 'Share',
    back: 'Back',
    next: 'Next',
    delete: 'Delete',
  },

  kinds: {
    rule: 'rule',
    event: 'event',
    plan: 'plan',
    position: 'position',
    estimate: 'estimate',
    unknown: 'not recorded',
  } as Record<Kind, string>,

  card: {
    title: 'On record',
    names: { kind: 'Kind', period: 'Period', figure: 'Figure', speaker: 'Speaker' },
    kind: (name: string) => `Kind: ${name}`,
    topic: (title: string) => `Topic: ${title}`,
    period: (held: Period) => `Period: ${period(held)}`,
    figure: (figure: string) => `Figure: ${figure}`,
    entities: (names: string) => `About: ${names}`,
    id: (id: string) => `Id: ${id}`,
    checked: (known: PartialDate, verified: PartialDate, due: PartialDate) =>
      `Known by ${dateInWords(known)}, verified ${dateInWords(verified)}, review due ${dateInWords(due)}`,
    replaces: 'Replaces',
    replacedBy: 'Replaced by',
    saidOtherwise: 'On the same point, others say',
  },

  topic: {
    facts: (count: number, asOf: PartialDate) => `${plural(count, 'fact', 'facts')}, as of ${dateInWords(asOf)}.`,
    more: 'The first hundred are below; type a few words in the option “fact” for any other.',
    choose: 'Choose a question',
  },

  sources: {
    all: 'Every fact cites one of these sources.',
    citedBy: (count: number) => `cited by ${plural(count, 'fact', 'facts')}`,
    cite: (count: number) => `${count} ${count === 1 ? 'fact cites' : 'facts cite'} it.`,
    open: 'Open a fact that cites it',
    none: 'There is no such source on record. /sources without an option lists them.',
  },

  /** Pictures, tables and lists of many facts. */
  overview: {
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
    inText: 'All that it shows is in the text, by the same numbers.',
    noPicture: 'The picture could not be drawn this time; the text says all that it would show.',
    mayNotAttach: 'I may not attach files here, so there is no picture; the text says all that it would show.',
    noTopic: 'There is no such topic on record. Choose one from the list.',
    badDay: 'I could not read that date. Write it as 2025, 2025-10 or 2025-10-01.',
    badSpan: 'The first day lies after the last one.',
    open: 'Open one of these facts',
    timeline: (what: string) => `Timeline: ${what}`,
    everything: 'all topics',
    nothingDated: 'No dated event, rule or plan is on record for that.',
    undated: (count: number) =>
      count === 1
        ? '1 rule or plan has no date and is not shown.'
        : `${count} rules and plans have no date and are not shown.`,
    statuses: {
      current: 'current',
      upcoming: 'upcoming',
      past: 'past',
      expired: 'expired',
      superseded: 'superseded',
      'not-yet': 'not yet known',
    } as Record<Status, string>,
    chart: (name: string) => `Figures: ${name}`,
    noFigures: 'No figures are on record yet.',
    noFiguresAsOf: (day: PartialDate) => `No such figure was on record on ${dateInWords(day)}.`,
    noMeasure: 'There is no such figure on record. Choose one from the list.',
    positions: (what: string) => `Who says what: ${what}`,
    noPositions: 'No position is on record for that.',
    contested: 'The same point, told differently',
    told: (kind: Kind, day: PartialDate, isReported: boolean) =>
      capital(`${kind === 'estimate' ? 'estimate, ' : ''}${isReported ? 'reported' : 'stated'} ${at(day)}`),
    comparison: (one: string, other: string) => `${one} and ${other}`,
    comparesAlike: 'Compare two facts, or two people, bodies, places or things: not one of each.',
    comparesTwo: 'That is the same thing twice. Choose two different ones.',
    notFound: (typed: string) => `“${typed}” is on record neither as a fact nor as a name. Choose from the list.`,
    figures: 'Figures',
    onSamePoint: 'On the same point',
    factsOnBoth: 'Facts about both',
    factsOnOne: (name: string) => `Only about ${name}`,
    nothingSaid: 'nothing on record',
    differ: 'They differ in',
    sameKind: 'Kind, period, figure and speaker are the same for both.',
    upcoming: (span: number, asOf: PartialDate) =>
      `What ends or is planned within ${days(span)} of ${dateInWords(asOf)}`,
    nothingUpcoming: (next?: PartialDate) =>
      next === undefined
        ? 'No deadline, end or plan is on record for these days, and none later.'
        : `No deadline, end or plan is on record for these days. The next one is on ${dateInWords(next)}.`,
    ends: (day: PartialDate) => `ends ${at(day)}`,
    begins: (day: PartialDate) => `begins ${at(day)}`,
    planned: (day: PartialDate) => `planned ${at(day)}`,
    /** Of a month or a year, only its first day is told. */
    daysLeft: (left: number, isDay: boolean) =>
      capital(left === 0 ? 'today' : `in ${days(left)}`) + (isDay ? '' : ' or later'),
    daysWithin: (left: number) => (left === 0 ? 'Today at the latest' : `Within ${days(left)}`),
  },

  sharedBy: 'Shared by',

  follow: {
    now: (title: string) =>
      `I will tell you here when a fact of “${title}” is added, changes or is replaced, and 7, 3 and 1 days before a deadline or planned event.`,
    already: (title: string) => `“${title}” is followed here already.`,
    ended: (title: string) => `“${title}” is no longer followed here.`,
    notFollowed: (title: string) => `“${title}” is not followed here.`,
    list: 'Followed here',
    none: 'Nothing is followed here. Use /follow in a DM with me, or in a channel if you may manage it.',
    tooMany: (most: number) => `No more than ${most} topics can be followed in one place.`,
    needsPermission:
      'In a server, only members with the permission Manage Channels can do this. In a DM with me, anybody can.',
    needsBot:
      'I can follow a topic only where I can write: in a DM with me, or in a channel of a server that has added me.',
    cannotWrite: 'I may not write in this channel. Let me view it and send messages, and try again.',
    changed: (title: string) => `News on “${title}”`,
    added: 'New on record',
    altered: 'Changed',
    replaced: 'Replaced by a newer fact',
    withdrawn: 'Withdrawn',
    reminder: (title: string) => `Coming up on “${title}”`,
    stop: 'To hear no more of it: /unfollow',
  },

  settings: {
    needsPermission: 'Only members with the permission Manage Server can change this, in their server.',
    onlyInServer: 'This is a setting of a server that has added me.',
    isPublic: 'Answers here are shown to everybody, unless the asker chooses “private”.',
    isPrivate: 'Answers here are shown to the asker only, with a button to share them.',
  },

  wrong: {
    title: 'Wrong or out of date?',
    label: 'What is wrong, or what is newer?',
    placeholder: 'A source for what is right helps most.',
    nothing: 'There was nothing to read in your note, so nothing was recorded.',
    thanks:
      'Thank you. Your note is recorded for the people who look after the facts. Press to hear what becomes of it; they then see who you are.',
  },

  tell: {
    gap: 'You will get a direct message when this is answered.',
    gapClosed: 'You asked for that already, or the question has been dealt with: ask it again.',
    gapGone: 'This question is no longer on record.',
    complaint: 'You will get a direct message when the moderators have dealt with it.',
    complaintClosed: 'This note has been dealt with already, or it is not yours.',
  },

  /** What is kept of somebody, shown to them alone. */
  privacy: {
    kept: 'What I keep about you',
    nothing: 'I keep nothing about you.',
    nothingToDelete: 'I keep nothing of yours that could be deleted.',
    gaps: (count: number) => `${plural(count, 'question', 'questions')} of yours that no fact answered`,
    waits: (count: number) => `${plural(count, 'question', 'questions')} whose answer you want to be told`,
    complaints: (count: number) => `${plural(count, 'note', 'notes')} of yours that a fact is wrong`,
    topics: (count: number) => `${plural(count, 'topic', 'topics')} that you follow in direct messages`,
    notices: (count: number) => `${plural(count, 'message', 'messages')} on the way to you`,
    onItsWay: {
      follow: (topic: string) => `News of “${topic}”`,
      gap: (question: string) => `The answer to “${question}”`,
      complaint: (text: string) => `What became of a note of yours: “${text}”`,
      decision: (proposal: string) => `What became of your proposal ${proposal}`,
    },
    remembered: (count: number) =>
      `${plural(count, 'question', 'questions')} that I remember for ten minutes, without storing them`,
    moderated: 'As a moderator',
    drafts: (count: number) => `${plural(count, 'draft', 'drafts')} of yours, not proposed`,
    proposals: (count: number) => `${plural(count, 'proposal', 'proposals')} that you wrote`,
    decisions: (count: number) => `${plural(count, 'proposal', 'proposals')} that you decided on`,
    revisions: (count: number) => `${plural(count, 'change', 'changes')} that you wrote or approved`,
    written: (day: PartialDate, text: string) => `${dateInWords(day)}: “${text}”`,
    toBeTold: 'with your id, to tell you what becomes of it',
    pseudonym:
      'With your questions and notes I keep the time, the day asked about and the server, but not your id: in its place stands a code that only I can make from it.',
    until: (count: number) => `Questions and notes are deleted after ${days(count)}.`,
    how: 'To have it deleted: /privacy delete',
    confirm: 'Delete all of this? It cannot be taken back.',
    deleted: 'This is deleted:',
    stays: 'What stays',
    staysModerated: 'What you proposed, decided and changed as a moderator: it shows who answers for what I say.',
    staysInDiscord: 'Messages in Discord, yours and mine: delete them there.',
    staysInCopies: 'Copies of the database that the operator has made, until they are deleted.',
    notYours: 'Somebody else was asked this. To have your own data deleted, type /privacy delete.',
  },

  asOfWholeDay: 'The as-of date needs a whole day, such as 2025-10-01: within a month or year the answer may change.',
  asOfUnreadable: 'I could not read the as-of date. Write it as year, month and day, such as 2025-10-01.',
  withdrawnFact: 'This fact has been withdrawn: it is no longer on record.',
  aboutNoFact: 'This is about no fact. Please ask again.',
  unknownCommand: 'This command is no longer there. Try /ask instead.',
  unknownForm: 'This form is no longer there.',
  unknownButton: 'This button is no longer there.',
  unreadableButton: 'I do not know this button any more. Please ask again.',
  notRecorded: 'I cannot reach my records right now, so nothing was recorded. Please try again later.',
  failed: (reference: string) =>
    `Something went wrong on my side. If it happens again, please tell the operator this reference: ${reference}`,
  unsure: 'I lost my records just then. Please look in a minute whether it is done, and try again if not.',
  slow: 'This takes me longer than Discord waits. Please look in a minute whether it is done, and try again if not.',
  busy: 'I have more to do just now than I can manage. Please try again in a minute.',
  tooMuch: (seconds: number) =>
    `That was a lot in a short time. Please try again in ${plural(seconds, 'second', 'seconds')}.`,
  mentionHint: 'Ask me a question in the same message, or use /ask.',
  // Discord gives the text of a message only to bots that are mentioned themselves.
  roleHint:
    'That mentioned my role, and Discord shows me no text then. After @ choose me instead of the role, or use /ask.',
  todayChoice: (day: PartialDate) => `Today, ${dateInWords(day)}`,
  statedEnd: (question: string) => `stated end: ${question}`,
  becameKnown: 'facts became known',

  introduction: {
    what: 'Footnote answers policy questions only from facts that people curated.',
    how: 'How it answers',
    hows: [
      'Every answer is a recorded statement with its source, its date and whether it still holds. No sentence is made up.',
      'When it is not sure, it offers the nearest facts to choose from. When there is none, it says so.',
      'With “as-of” it answers for another day than today.',
      'Facts are shown in the language in which they were written, and questions are understood in English.',
    ],
    stores: 'What it stores, in a database on the operator’s machine',
    stored: (count: number) => [
      `Questions that no fact answers, for ${days(count)}: their text, the day asked about, the server and the time.`,
      `Notes that a fact is wrong or out of date, for ${days(count)}: the same, and the facts.`,
      'In place of your id, a code that only the bot can make from it; your id only if you ask to be told, until you are.',
      'Which topics are followed where, and in whose direct messages, until that is ended.',
      'What moderators propose and change, with who wrote and who approved it.',
      'Nothing else: no other messages, and no questions that were answered. For ten minutes it remembers, without storing it, what somebody asked last, so that “and until when?” can be understood.',
      'What is stored of you, you see with /privacy show, and have deleted with /privacy delete.',
    ],
    installedForYou: 'Here, it is installed for you',
    installed: [
      'Commands and Apps → Answer from facts work; mentions do not, because this server has not added it.',
      'If the server does not allow external apps, only you see the answers.',
      'Topics can be followed in a DM with it, not in this channel.',
    ],
    version: (version: string, facts: number, topics: number, sources: number) =>
      `Version ${version}, with ${plural(facts, 'fact', 'facts')} in ${plural(topics, 'topic', 'topics')}, from ${plural(sources, 'source', 'sources')}.`,
  },
}

/** What a position or an estimate is told with. */
export interface Claim {
  readonly kind: 'position' | 'estimate'
  readonly speaker?: string
  readonly held: Period
  readonly told: PartialDate
  /** Told by its source, not dated by itself. */
  readonly isReported: boolean
  readonly status: Status
}

/** `from 1 May 2025 until 10 November 2025`, `on 19 September 2025`, `in April 2025`; empty when no end is known. */
function period({ from, until }: Period): string {
  if (from !== undefined && from === until) return at(from)
  return [from && `from ${dateInWords(from)}`, until && `until ${dateInWords(until)}`].filter(Boolean).join(' ')
}

function at(date: PartialDate): string {
  return `${date.length === 10 ? 'on' : 'in'} ${dateInWords(date)}`
}

function since(from: PartialDate | undefined): string {
  return from === undefined ? '' : `, since ${dateInWords(from)}`
}

function days(count: number): string {
  return plural(count, 'day', 'days')
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}

function capital(text: string): string {
  return text.replace(/^./, (first) => first.toUpperCase())
}
