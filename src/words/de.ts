import type { PartialDate } from '../knowledge/days.ts'
import type { Period } from '../knowledge/snapshot.ts'
import { dateWriter, wholeOf } from './dates.ts'
import type { Claim } from './en.ts'
import type { Words } from './languages.ts'

const date = dateWriter('de')

const AS_OF = {
  name: 'stand',
  description: 'Der Tag, nach dem du fragst, als JJJJ-MM-TT (heute, wenn nicht angegeben)',
}
const PRIVATE = { name: 'privat', description: 'Die Antwort nur dir zeigen' }
const COMMON = { 'as-of': AS_OF, private: PRIVATE }
const FOLLOWED = { topic: { name: 'thema', description: 'Das Thema' } }

/** Deutsch. */
export const de: Words = {
  commands: {
    ask: {
      name: 'fragen',
      description: 'Beantwortet eine Frage aus geprüften, belegten und datierten Fakten',
      options: { question: { name: 'frage', description: 'Was du wissen möchtest, auf Englisch' }, ...COMMON },
    },
    fact: {
      name: 'fakt',
      description: 'Zeigt einen Fakt mit Quellen, Zeitraum und dem, was er ersetzt',
      options: { fact: { name: 'fakt', description: 'Ein paar Wörter eingeben und auswählen' }, ...COMMON },
    },
    timeline: {
      name: 'zeitleiste',
      description: 'Zeigt der Reihe nach, was geschah, gilt, endet und geplant ist',
      options: {
        topic: { name: 'thema', description: 'Nur dieses Thema (alle, wenn nicht angegeben)' },
        from: { name: 'von', description: 'Ab diesem Jahr, Monat oder Tag, etwa 2025-04' },
        to: { name: 'bis', description: 'Bis zu diesem Jahr, Monat oder Tag' },
        ...COMMON,
      },
    },
    chart: {
      name: 'diagramm',
      description: 'Zeichnet Zahlen im Lauf der Zeit, mit Quellen',
      options: {
        measure: { name: 'messgröße', description: 'Was gemessen wird (sonst das, wovon es am meisten gibt)' },
        ...COMMON,
      },
    },
    positions: {
      name: 'positionen',
      description: 'Zeigt, wer was sagt und was umstritten ist',
      options: {
        about: { name: 'über', description: 'Ein Thema, oder wer spricht (alle, wenn nicht angegeben)' },
        ...COMMON,
      },
    },
    compare: {
      name: 'vergleichen',
      description: 'Stellt zwei Personen, Stellen, Orte oder Dinge, oder zwei Fakten, nebeneinander',
      options: {
        a: { name: 'a', description: 'Das eine: ein paar Buchstaben eingeben und auswählen' },
        b: { name: 'b', description: 'Das andere' },
        ...COMMON,
      },
    },
    upcoming: {
      name: 'bevorstehend',
      description: 'Zeigt kommende Fristen, Enden und Pläne, die nächsten zuerst',
      options: { days: { name: 'tage', description: 'Wie weit vorausgeschaut wird (sonst 90 Tage)' }, ...COMMON },
    },
    follow: {
      name: 'folgen',
      description: 'Hier erfahren, wenn sich Fakten eines Themas ändern, und vor seinen Fristen',
      options: FOLLOWED,
    },
    unfollow: { name: 'entfolgen', description: 'Hier nichts mehr zu einem Thema erfahren', options: FOLLOWED },
    following: { name: 'gefolgt', description: 'Zeigt, welchen Themen hier gefolgt wird' },
    sources: {
      name: 'quellen',
      description: 'Zählt die Dokumente auf, die die Fakten belegen',
      options: {
        source: { name: 'quelle', description: 'Nur diese, mit den Fakten, die sie belegt' },
        private: PRIVATE,
      },
    },
    privacy: {
      name: 'datenschutz',
      description: 'Ansehen oder löschen, was dieser Bot über dich aufbewahrt',
      options: {
        show: { name: 'zeigen', description: 'Zeigt dir alles, was über dich aufbewahrt wird' },
        delete: { name: 'löschen', description: 'Löscht, was über dich aufbewahrt wird, nach einer Rückfrage' },
      },
    },
    about: { name: 'über', description: 'Was dieser Bot ist, wie er antwortet und was er speichert' },
    settings: {
      name: 'einstellungen',
      description: 'Ansehen oder ändern, wie Antworten in diesem Server gezeigt werden',
      options: {
        answers: {
          name: 'antworten',
          description: 'Wer Antworten sieht, wenn nichts anderes gewählt wird',
          choices: { public: 'öffentlich: alle im Kanal', private: 'privat: nur wer fragt, und kann sie teilen' },
        },
      },
    },
    'Answer from facts': { name: 'Aus Fakten beantworten' },
    '*': {
      name: '',
      options: {
        fact: { name: 'fakt', description: 'Ein paar Wörter eingeben und auswählen, oder auf Englisch fragen' },
        ...COMMON,
      },
    },
  },
  date,
  days({ from, until }) {
    if (from === undefined) return `bis zum ${date(until ?? '')}`
    if (until === undefined) return `ab dem ${date(from)}`
    const whole = wholeOf(from, until)
    return whole === undefined ? `${date(from)} bis ${date(until)}` : date(whole)
  },
  period,
  number: (value) => value.toLocaleString('de'),
  bounds: { exactly: '', 'at-most': 'höchstens ', about: 'etwa ' },

  status: {
    notYet: (asOf, known) => `Noch nicht bekannt, Stand ${date(asOf)}: festgehalten ab ${date(known)}.`,
    superseded: (asOf, statement) => `Überholt: Stand ${date(asOf)} ersetzt ihn ein neuerer Fakt: „${statement}“`,
    replaces: 'Er ersetzt einen früheren Fakt.',
    ruleUpcoming: (asOf, held, away) =>
      `Bevorstehend: Stand ${date(asOf)} noch nicht in Kraft, aber ${period(held)}, in ${days(away)}.`,
    ruleExpired: (asOf, until, ago) =>
      `Abgelaufen: Das angegebene Ende, ${date(until)}, liegt Stand ${date(asOf)} ${days(ago)} zurück, und nichts Neueres ist festgehalten.`,
    ruleUnverified: (asOf, verified) =>
      `Festgehalten als gültig am ${date(verified)}; ob es Stand ${date(asOf)} noch gilt, ist nicht festgehalten.`,
    ruleHolds: (asOf, from) => `Gilt Stand ${date(asOf)}${since(from)}; ein Ende ist nicht festgehalten.`,
    ruleInForce: (asOf, until, left, from) =>
      `In Kraft Stand ${date(asOf)}${since(from)}, ${till(until)}: ${left === 0 ? 'der letzte Tag' : `noch ${days(left, 'Tage')}`}.`,
    eventUndated: (day) => `Vergangen: ${by(day)} geschehen, soweit festgehalten.`,
    eventUpcoming: (when) => `Bevorstehend: soll ${period(when)} geschehen.`,
    eventPast: (when) => `Vergangen: geschah ${period(when)}.`,
    eventNow: (when) => `Auf den Stichtag datiert: geschieht ${period(when)}.`,
    planUndated: (announced) =>
      `Bevorstehend: geplant, wie ${by(announced)} angekündigt; ein Datum ist nicht festgehalten.`,
    planUndatedUnverified: (asOf, announced) =>
      `Geplant, wie ${by(announced)} angekündigt, ohne Datum; ob es Stand ${date(asOf)} geschehen ist, ist nicht festgehalten.`,
    planExpired: (asOf, when, ago) =>
      `Abgelaufen: geplant ${period(when)}; das Datum liegt Stand ${date(asOf)} ${days(ago)} zurück; ob es geschah, ist nicht festgehalten.`,
    planUpcoming: (asOf, when, away, announced) =>
      `Bevorstehend, Stand ${date(asOf)}: geplant ${period(when)}, in ${days(away)}, wie ${by(announced)} angekündigt.`,
    planNow: (asOf, when, announced) =>
      `Geplant ${period(when)}, wie ${by(announced)} angekündigt; ob es Stand ${date(asOf)} geschehen ist, ist nicht festgehalten.`,
    unknown: (asOf) => `Nicht festgehalten: Stand ${date(asOf)} lassen die vorliegenden Quellen das offen.`,
    claim: ({ kind, speaker, held, told, isReported, status }: Claim) => {
      const what = kind === 'position' ? 'Position' : 'Schätzung'
      const whose = [speaker ? `${what} von ${speaker}` : what, period(held)].filter(Boolean)
      const how = `${isReported ? 'wie berichtet' : 'wie geäußert'} ${at(told)}`
      if (status === 'past') return `Vergangen: ${whose.join(' ')}, ${how}.`
      if (status === 'upcoming') return `Bevorstehend: ${whose.join(' ')}, ${how}.`
      return `${whose.join(', ')}, ${how}.`
    },
    verified: (day) => `Zuletzt geprüft am ${date(day)}.`,
    reviewDue: (day) => `Nicht geprüft, seit die Prüfung am ${date(day)} fällig wurde.`,
    reviewDueOpen: (day) =>
      `Nicht geprüft, seit die Prüfung am ${date(day)} fällig wurde; nichts Neueres ist festgehalten, es kann sich also geändert haben.`,
  },

  asOf: (day) => `Stand ${date(day)}`,
  about: (what) => `Bezogen auf: ${what}`,
  readTimeAs: (said, time) => `„${said}“ verstanden als ${de.days(time)}.`,
  notAnsweredHere: (question) => `Hier nicht beantwortet: „${question}“`,
  moreToQuestion: (count) => `${count} weitere zu dieser Frage: unten auswählen.`,
  alsoOnRecord: 'Auch festgehalten',
  restOfAnswer: 'Der Rest der Antwort',
  openRelated: 'Eine verwandte Frage öffnen',
  notSureWhich: 'Ich bin nicht sicher, welche davon du meinst:',
  noQuestion: 'Darin fand ich keine Frage. Frag in einem Satz oder ein paar Wörtern, zum Beispiel mit /fragen.',
  nothingYet: (day) => `Dazu war ${at(day)} noch nichts festgehalten.`,
  recordedFrom: (day) =>
    `Ab dem ${date(day)} ist etwas festgehalten: Frag nach dem Stand dieses oder eines späteren Tages.`,
  noFact: 'Kein festgehaltener Fakt beantwortet diese Frage, also gebe ich keine Antwort.',
  noted: 'Solche Fragen werden als Lücken notiert, damit Fakten ergänzt werden können.',
  askInEnglish: 'Fragen verstehe ich auf Englisch; Fakten zeige ich in der Sprache, in der sie geschrieben wurden.',
  factsAbout: 'Es gibt Fakten zu',
  andMore: (count) => `und ${count} weitere`,
  paragraphs: (numbers, cut) => `${numbers.length > 1 ? 'Absätze' : 'Absatz'} ${numbers.join(', ')}${cut ? ', …' : ''}`,

  buttons: {
    sources: 'Quellen',
    wrong: 'Falsch oder überholt?',
    tellWhenAnswered: 'Sag mir, wenn das beantwortet ist',
    tellMe: 'Sag mir Bescheid',
    share: 'Teilen',
    back: 'Zurück',
    next: 'Weiter',
    delete: 'Löschen',
  },

  kinds: {
    rule: 'Regel',
    event: 'Ereignis',
    plan: 'Plan',
    position: 'Position',
    estimate: 'Schätzung',
    unknown: 'nicht festgehalten',
  },

  card: {
    title: 'Festgehalten',
    names: { kind: 'Art', period: 'Zeitraum', figure: 'Zahl', speaker: 'Wer es sagt' },
    kind: (name) => `Art: ${name}`,
    topic: (title) => `Thema: ${title}`,
    period: (held) => `Zeitraum: ${period(held)}`,
    figure: (figure) => `Zahl: ${figure}`,
    entities: (names) => `Betrifft: ${names}`,
    id: (id) => `Kennung: ${id}`,
    checked: (known, verified, due) =>
      `Bekannt seit ${date(known)}, geprüft am ${date(verified)}, Prüfung fällig am ${date(due)}`,
    replaces: 'Ersetzt',
    replacedBy: 'Ersetzt durch',
    saidOtherwise: 'Zum selben Punkt sagen andere',
  },

  topic: {
    facts: (count, asOf) => `${facts(count)}, Stand ${date(asOf)}.`,
    more: 'Die ersten hundert stehen unten; für alle anderen gib in der Option „fakt“ ein paar Wörter ein.',
    choose: 'Eine Frage auswählen',
  },

  sources: {
    all: 'Jeder Fakt ist durch eine dieser Quellen belegt.',
    citedBy: (count) => `belegt ${facts(count)}`,
    cite: (count) => `Sie belegt ${facts(count)}.`,
    open: 'Einen Fakt öffnen, den sie belegt',
    none: 'Eine solche Quelle ist nicht festgehalten. /quellen ohne Option zählt sie auf.',
  },

  overview: {
    page: (page, pages) => `Seite ${page} von ${pages}`,
    inText: 'Alles, was es zeigt, steht unter denselben Nummern im Text.',
    noPicture: 'Das Bild konnte diesmal nicht gezeichnet werden; der Text sagt alles, was es zeigen würde.',
    mayNotAttach:
      'Hier darf ich keine Dateien anhängen, also fehlt das Bild; der Text sagt alles, was es zeigen würde.',
    noTopic: 'Ein solches Thema gibt es nicht. Wähle eines aus der Liste.',
    badDay: 'Dieses Datum konnte ich nicht lesen. Schreib es als 2025, 2025-10 oder 2025-10-01.',
    badSpan: 'Der erste Tag liegt nach dem letzten.',
    open: 'Einen dieser Fakten öffnen',
    timeline: (what) => `Zeitleiste: ${what}`,
    everything: 'alle Themen',
    nothingDated: 'Dazu ist kein datiertes Ereignis, keine Regel und kein Plan festgehalten.',
    undated: (count) =>
      count === 1
        ? '1 Regel oder Plan hat kein Datum und wird nicht gezeigt.'
        : `${count} Regeln und Pläne haben kein Datum und werden nicht gezeigt.`,
    statuses: {
      current: 'aktuell',
      upcoming: 'bevorstehend',
      past: 'vergangen',
      expired: 'abgelaufen',
      superseded: 'überholt',
      'not-yet': 'noch nicht bekannt',
    },
    chart: (name) => `Zahlen: ${name}`,
    noFigures: 'Noch sind keine Zahlen festgehalten.',
    noFiguresAsOf: (day) => `Keine solche Zahl war ${at(day)} festgehalten.`,
    noMeasure: 'Eine solche Zahl ist nicht festgehalten. Wähle eine aus der Liste.',
    positions: (what) => `Wer was sagt: ${what}`,
    noPositions: 'Dazu ist keine Position festgehalten.',
    contested: 'Derselbe Punkt, verschieden erzählt',
    told: (kind, day, isReported) =>
      `${kind === 'estimate' ? 'Schätzung, ' : ''}${isReported ? 'berichtet' : 'geäußert'} ${at(day)}`.replace(
        /^./,
        (first) => first.toUpperCase(),
      ),
    comparison: (one, other) => `${one} und ${other}`,
    comparesAlike: 'Vergleiche zwei Fakten oder zwei Personen, Stellen, Orte oder Dinge: nicht eines von jedem.',
    comparesTwo: 'Das ist zweimal dasselbe. Wähle zwei verschiedene.',
    notFound: (typed) => `„${typed}“ ist weder als Fakt noch als Name festgehalten. Wähle aus der Liste.`,
    figures: 'Zahlen',
    onSamePoint: 'Zum selben Punkt',
    factsOnBoth: 'Fakten zu beiden',
    factsOnOne: (name) => `Nur zu ${name}`,
    nothingSaid: 'nichts festgehalten',
    differ: 'Sie unterscheiden sich in',
    sameKind: 'Art, Zeitraum, Zahl und wer es sagt sind bei beiden gleich.',
    upcoming: (span, asOf) => `Was innerhalb von ${days(span)} ab ${date(asOf)} endet oder geplant ist`,
    nothingUpcoming: (next) =>
      next === undefined
        ? 'Für diese Tage ist keine Frist, kein Ende und kein Plan festgehalten, und auch später keiner.'
        : `Für diese Tage ist keine Frist, kein Ende und kein Plan festgehalten. Das Nächste kommt ${at(next)}.`,
    ends: (day) => `endet ${at(day)}`,
    begins: (day) => `beginnt ${at(day)}`,
    planned: (day) => `geplant ${at(day)}`,
    daysLeft: (left, isDay) => (left === 0 ? 'Heute' : `In ${days(left)}`) + (isDay ? '' : ' oder später'),
    daysWithin: (left) => (left === 0 ? 'Spätestens heute' : `Innerhalb von ${days(left)}`),
  },

  sharedBy: 'Geteilt von',

  follow: {
    now: (title) =>
      `Ich sage hier Bescheid, wenn zu „${title}“ ein Fakt hinzukommt, sich ändert oder ersetzt wird, und 7, 3 und 1 Tag vor einer Frist oder einem geplanten Ereignis.`,
    already: (title) => `„${title}“ wird hier schon gefolgt.`,
    ended: (title) => `„${title}“ wird hier nicht mehr gefolgt.`,
    notFollowed: (title) => `„${title}“ wird hier nicht gefolgt.`,
    list: 'Hier gefolgt',
    none: 'Hier wird nichts gefolgt. Benutze /folgen in einer Direktnachricht an mich, oder in einem Kanal, den du verwalten darfst.',
    tooMany: (most) => `An einem Ort kann höchstens ${most} Themen gefolgt werden.`,
    needsPermission:
      'In einem Server dürfen das nur Mitglieder mit der Berechtigung „Kanäle verwalten“. In einer Direktnachricht an mich dürfen es alle.',
    needsBot:
      'Ich kann einem Thema nur folgen, wo ich schreiben kann: in einer Direktnachricht an mich, oder in einem Kanal eines Servers, der mich hinzugefügt hat.',
    cannotWrite:
      'In diesem Kanal darf ich nicht schreiben. Lass mich ihn sehen und Nachrichten senden, und versuch es noch einmal.',
    changed: (title) => `Neues zu „${title}“`,
    added: 'Neu festgehalten',
    altered: 'Geändert',
    replaced: 'Durch einen neueren Fakt ersetzt',
    withdrawn: 'Zurückgezogen',
    reminder: (title) => `Demnächst zu „${title}“`,
    stop: 'Um nichts mehr davon zu hören: /entfolgen',
  },

  settings: {
    needsPermission: 'Das dürfen nur Mitglieder mit der Berechtigung „Server verwalten“ ändern, in ihrem Server.',
    onlyInServer: 'Das ist eine Einstellung eines Servers, der mich hinzugefügt hat.',
    isPublic: 'Antworten werden hier allen gezeigt, wenn nicht „privat“ gewählt wird.',
    isPrivate: 'Antworten werden hier nur denen gezeigt, die fragen, mit einem Knopf zum Teilen.',
  },

  wrong: {
    title: 'Falsch oder überholt?',
    label: 'Was ist falsch, oder was ist neuer?',
    placeholder: 'Am meisten hilft eine Quelle für das Richtige.',
    nothing: 'In deiner Notiz war nichts zu lesen, also wurde nichts festgehalten.',
    thanks:
      'Danke. Deine Notiz liegt nun denen vor, die die Fakten pflegen. Drück, um zu hören, was daraus wird; dann sehen sie, wer du bist.',
  },

  tell: {
    gap: 'Du bekommst eine Direktnachricht, wenn das beantwortet ist.',
    gapClosed: 'Darum hast du schon gebeten, oder die Frage ist erledigt: Stell sie noch einmal.',
    gapGone: 'Diese Frage ist nicht mehr festgehalten.',
    complaint: 'Du bekommst eine Direktnachricht, wenn die Moderation sich darum gekümmert hat.',
    complaintClosed: 'Um diese Notiz hat sich schon jemand gekümmert, oder es ist nicht deine.',
  },

  privacy: {
    kept: 'Was ich über dich aufbewahre',
    nothing: 'Ich bewahre nichts über dich auf.',
    nothingToDelete: 'Ich bewahre nichts von dir auf, was sich löschen ließe.',
    gaps: (count) => `${questions(count)} von dir, die kein Fakt beantwortet hat`,
    waits: (count) => `${questions(count)}, deren Antwort du erfahren willst`,
    complaints: (count) => `${count === 1 ? '1 Notiz' : `${count} Notizen`} von dir, dass ein Fakt falsch ist`,
    topics: (count) =>
      count === 1
        ? '1 Thema, dem du in Direktnachrichten folgst'
        : `${count} Themen, denen du in Direktnachrichten folgst`,
    notices: (count) => `${count === 1 ? '1 Nachricht' : `${count} Nachrichten`} auf dem Weg zu dir`,
    onItsWay: {
      follow: (topic) => `Neues zu „${topic}“`,
      gap: (question) => `Die Antwort auf „${question}“`,
      complaint: (text) => `Was aus einer Notiz von dir wurde: „${text}“`,
      decision: (proposal) => `Was aus deinem Vorschlag ${proposal} wurde`,
    },
    remembered: (count) => `${questions(count)}, die ich mir zehn Minuten lang merke, ohne sie zu speichern`,
    moderated: 'In der Moderation',
    drafts: (count) => `${count === 1 ? '1 Entwurf' : `${count} Entwürfe`} von dir, nicht vorgeschlagen`,
    proposals: (count) =>
      count === 1 ? '1 Vorschlag, an dem du geschrieben hast' : `${count} Vorschläge, an denen du geschrieben hast`,
    decisions: (count) =>
      count === 1 ? '1 Vorschlag, über den du entschieden hast' : `${count} Vorschläge, über die du entschieden hast`,
    revisions: (count) =>
      `${count === 1 ? '1 Änderung' : `${count} Änderungen`}, die du geschrieben oder angenommen hast`,
    written: (day, text) => `${date(day)}: „${text}“`,
    toBeTold: 'mit deiner Kennung, um dir zu sagen, was daraus wird',
    pseudonym:
      'Zu deinen Fragen und Notizen bewahre ich die Zeit, den Tag, nach dem gefragt wurde, und den Server auf, aber nicht deine Kennung: An ihrer Stelle steht ein Code, den nur ich aus ihr bilden kann.',
    until: (count) => `Fragen und Notizen werden nach ${days(count)} gelöscht.`,
    how: 'Um es löschen zu lassen: /datenschutz löschen',
    confirm: 'All das löschen? Das lässt sich nicht zurücknehmen.',
    deleted: 'Das ist gelöscht:',
    stays: 'Was bleibt',
    staysModerated:
      'Was du in der Moderation vorgeschlagen, entschieden und geändert hast: Es zeigt, wer für das einsteht, was ich sage.',
    staysInDiscord: 'Nachrichten in Discord, deine und meine: Lösche sie dort.',
    staysInCopies: 'Kopien der Datenbank, die der Betreiber gemacht hat, bis sie gelöscht werden.',
    notYours:
      'Das wurde jemand anderes gefragt. Um deine eigenen Daten löschen zu lassen, gib /datenschutz löschen ein.',
  },

  asOfWholeDay:
    'Der Stand braucht einen ganzen Tag, etwa 2025-10-01: Innerhalb eines Monats oder Jahres kann sich die Antwort ändern.',
  asOfUnreadable: 'Den Stand konnte ich nicht lesen. Schreib ihn als Jahr, Monat und Tag, etwa 2025-10-01.',
  withdrawnFact: 'Dieser Fakt wurde zurückgezogen: Er ist nicht mehr festgehalten.',
  aboutNoFact: 'Hier geht es um keinen Fakt. Bitte frag noch einmal.',
  unknownCommand: 'Diesen Befehl gibt es nicht mehr. Versuch es mit /fragen.',
  unknownForm: 'Dieses Formular gibt es nicht mehr.',
  unknownButton: 'Diesen Knopf gibt es nicht mehr.',
  unreadableButton: 'Diesen Knopf kenne ich nicht mehr. Bitte frag noch einmal.',
  notRecorded:
    'Ich komme gerade nicht an meine Aufzeichnungen, darum wurde nichts festgehalten. Bitte versuch es später noch einmal.',
  failed: (reference) =>
    `Bei mir ist etwas schiefgegangen. Wenn es wieder geschieht, nenne dem Betreiber bitte dieses Zeichen: ${reference}`,
  unsure:
    'Gerade in dem Moment kam ich nicht mehr an meine Aufzeichnungen. Bitte schau in einer Minute nach, ob es geschehen ist, und versuch es sonst noch einmal.',
  slow: 'Das dauert bei mir länger, als Discord wartet. Bitte schau in einer Minute nach, ob es geschehen ist, und versuch es sonst noch einmal.',
  busy: 'Gerade habe ich mehr zu tun, als ich schaffe. Bitte in einer Minute noch einmal versuchen.',
  tooMuch: (seconds) =>
    `Das war viel in kurzer Zeit. Bitte in ${seconds} ${seconds === 1 ? 'Sekunde' : 'Sekunden'} noch einmal versuchen.`,
  mentionHint: 'Stell mir in derselben Nachricht eine Frage, oder benutze /fragen.',
  roleHint:
    'Das hat meine Rolle erwähnt, und dann zeigt Discord mir keinen Text. Wähle nach @ mich statt der Rolle, oder benutze /fragen.',
  todayChoice: (day) => `Heute, ${date(day)}`,
  statedEnd: (question) => `angegebenes Ende: ${question}`,
  becameKnown: 'Fakten wurden bekannt',

  introduction: {
    what: 'Footnote beantwortet politische Fragen nur aus Fakten, die Menschen zusammengetragen haben.',
    how: 'Wie es antwortet',
    hows: [
      'Jede Antwort ist eine festgehaltene Aussage mit ihrer Quelle, ihrem Datum und ob sie noch gilt. Kein Satz ist erfunden.',
      'Ist es nicht sicher, bietet es die nächsten Fakten zur Wahl an. Gibt es keinen, sagt es das.',
      'Mit „stand“ antwortet es für einen anderen Tag als heute.',
      'Fakten werden in der Sprache gezeigt, in der sie geschrieben wurden, und Fragen werden auf Englisch verstanden.',
    ],
    stores: 'Was es speichert, in einer Datenbank auf dem Rechner des Betreibers',
    stored: (count) => [
      `Fragen, die kein Fakt beantwortet, ${days(count, 'Tage')} lang: ihren Text, den Tag, nach dem gefragt wurde, den Server und die Zeit.`,
      `Notizen, dass ein Fakt falsch oder überholt ist, ${days(count, 'Tage')} lang: dasselbe, und die Fakten.`,
      'Statt deiner Kennung einen Code, den nur der Bot aus ihr bilden kann; deine Kennung nur, wenn du Bescheid bekommen willst, bis du ihn hast.',
      'Welchen Themen wo und in wessen Direktnachrichten gefolgt wird, bis das beendet wird.',
      'Was Moderatoren vorschlagen und ändern, mit wer es schrieb und wer zustimmte.',
      'Sonst nichts: keine anderen Nachrichten und keine Fragen, die beantwortet wurden. Zehn Minuten lang merkt es sich, ohne es zu speichern, was jemand zuletzt fragte, damit „and until when?“ verstanden wird.',
      'Was über dich gespeichert ist, siehst du mit /datenschutz zeigen und löschst du mit /datenschutz löschen.',
    ],
    installedForYou: 'Hier ist es für dich installiert',
    installed: [
      'Befehle und Apps → Aus Fakten beantworten gehen; Erwähnungen nicht, weil dieser Server es nicht hinzugefügt hat.',
      'Lässt der Server externe Apps nicht zu, siehst nur du die Antworten.',
      'Themen kannst du in einer Direktnachricht folgen, nicht in diesem Kanal.',
    ],
    version: (version, factCount, topics, sources) =>
      `Version ${version}, mit ${factCount === 1 ? '1 Fakt' : `${factCount} Fakten`} in ${topics === 1 ? '1 Thema' : `${topics} Themen`}, aus ${sources === 1 ? '1 Quelle' : `${sources} Quellen`}.`,
  },
}

/** `vom 1. Mai 2025 bis zum 10. November 2025`, `am 19. September 2025`, `im April 2025`, `2025`. */
function period({ from, until }: Period): string {
  if (from !== undefined && from === until) return at(from)
  const begins =
    from && (from.length === 10 ? (until ? `vom ${date(from)}` : `ab dem ${date(from)}`) : `ab ${date(from)}`)
  return [begins, until && till(until)].filter(Boolean).join(' ')
}

function till(until: PartialDate): string {
  return until.length === 10 ? `bis zum ${date(until)}` : `bis Ende ${date(until)}`
}

/** Spätestens dann. */
function by(day: PartialDate): string {
  return day.length === 10 ? `bis zum ${date(day)}` : `bis ${date(day)}`
}

function at(day: PartialDate): string {
  return day.length === 10 ? `am ${date(day)}` : day.length === 7 ? `im ${date(day)}` : `im Jahr ${day}`
}

function since(from: PartialDate | undefined): string {
  return from === undefined ? '' : from.length === 10 ? `, seit dem ${date(from)}` : `, seit ${date(from)}`
}

/** Nach „in“ und „von“: `1 Tag`, `51 Tagen`; sonst mit `Tage`. */
function days(count: number, many = 'Tagen'): string {
  return count === 1 ? '1 Tag' : `${count} ${many}`
}

function questions(count: number): string {
  return count === 1 ? '1 Frage' : `${count} Fragen`
}

function facts(count: number): string {
  return count === 1 ? '1 Fakt' : `${count} Fakten`
}
