import type { Kind } from '../../knowledge/snapshot.ts'
import { readTemplate, type Template } from './templates.ts'

/** What can be told of somebody or something, with the ways to say it and to ask for it. */
export interface Attribute {
  readonly name: string
  readonly kind: Kind
  readonly statements: readonly Template[]
  /** Ways of asking that curators think of. */
  readonly asks: readonly Template[]
  /** Ways of asking that only strangers think of. */
  readonly held: readonly Template[]
}

// {e} whom it is about · {s} its subject · {v} {d} {p} {o} {t} {r} a figure, a date, a person, another body, a town, a reason, a paper ({c})
const ATTRIBUTES = `
fee rule
  = {e} charges {v} crowns for a {s} permit. / A {s} permit from {e} costs {v} crowns.
  ? how much does {e} [charge|take|ask] for a {s} permit / what is the [fee|price|cost] for {s} at {e} / what do I [pay|owe] {e} for {s} / {e} {s} [fee|charge|price] / is a {s} permit from {e} [expensive|free|cheap]
  ! how many crowns would {e} want from me for {s} / what would {s} set me back at {e}
deadline rule
  = Applications for {s} must reach {e} by {d}. / {e} accepts applications for {s} until {d}.
  ? when is the [deadline|due date|cutoff] for {s} applications at {e} / how long can I [apply|send papers|submit] to {e} for {s} / {e} {s} [deadline|last day|closing date] / until when does {e} [accept|take] applications for {s}
  ! is it too late to apply for {s} with {e} / by what date must my {s} form be with {e}
owner rule
  = {p} owns the {s} of {e}. / The {s} of {e} belongs to {p}.
  ? who [owns|holds|possesses] the {s} of {e} / whose is the {s} at {e} / {e} {s} [owner|proprietor] / to whom does the {e} {s} [belong|go]
  ! in whose hands is the {s} of {e} / is the {s} at {e} somebody's property
head rule
  = {p} has led the {s} department of {e} since {d}. / Since {d} the {s} department of {e} has been run by {p}.
  ? who [leads|runs|directs] {s} at {e} / who is the [head|boss|chief] of the {s} department of {e} / {e} {s} [director|leader|manager] / who is in charge of {s} at {e}
  ! which person answers for {s} inside {e} / under whom does the {s} department at {e} work
place rule
  = The {s} office of {e} is in {t}. / {e} has its {s} office in {t}.
  ? where is the {s} [office|desk|bureau] of {e} / in which [town|place|city] is {e} {s} / {e} {s} [address|location|whereabouts] / where do I find {s} of {e}
  ! where do I have to travel for {s} with {e} / what town houses the {e} {s} people
reason event
  = {e} closed its {s} programme because of {r}. / Because of {r}, {e} ended its {s} programme.
  ? why did {e} [close|end|stop] its {s} programme / what was the [reason|cause|motive] for closing {s} at {e} / {e} {s} programme [closed|ended|axed] why
  ! how come {e} has no {s} any more / what made {e} give up on {s}
hours rule
  = The {s} counter of {e} is open from {v} o'clock on working days. / On working days {e} opens its {s} counter at {v} o'clock.
  ? when does the {s} counter of {e} [open|start] / what are the opening [hours|times] of {s} at {e} / {e} {s} [hours|opening times|schedule] / how early can I come to {e} for {s}
  ! from what time in the morning is someone there for {s} at {e} / when do the doors for {s} at {e} get unlocked
members estimate
  = According to an estimate, {e} had about {v} {s} members. / About {v} people were in the {s} section of {e}, by an estimate.
  ? how many {s} [members|people|participants] does {e} have / how [big|large|strong] is the {s} section of {e} / {e} {s} [members|membership|headcount] / [number|count|total] of people in {s} at {e}
  ! what is the size of the {s} group at {e} / how many belong to {s} with {e}
age rule
  = {e} admits people to {s} from the age of {v}. / To take part in {s}, {e} asks for an age of at least {v}.
  ? how old do I have to be for {s} at {e} / what is the [minimum|lowest|youngest] age for {s} with {e} / {e} {s} age [limit|requirement|threshold] / can [children|kids|teenagers] do {s} at {e}
  ! is my nephew too young for {s} at {e} / from which birthday on may one join {s} with {e}
penalty rule
  = Breaking the {s} rules of {e} is fined with {v} crowns. / {e} fines people who break its {s} rules {v} crowns.
  ? what is the [fine|penalty|punishment] for breaking the {s} rules of {e} / how much does {e} [fine|punish|penalise] for {s} / {e} {s} [penalty|fine|sanction] / what happens if I [break|ignore|violate] the {s} rules of {e}
  ! what do I risk when I do not keep to the {s} rules at {e} / how hard does {e} come down on {s} offenders
start plan
  = {e} plans to start its {s} service on {d}. / The {s} service of {e} is planned to begin on {d}.
  ? when does the {s} service of {e} [start|begin|launch] / from when will {e} [offer|provide|run] {s} / {e} {s} [start|beginning|launch] / is {e} [planning|preparing|considering] a {s} service
  ! how soon can we use {s} from {e} / what day do they kick off {s} at {e}
ban rule
  = {e} forbids {s} in its buildings. / In the buildings of {e}, {s} is not allowed.
  ? does {e} [forbid|ban|prohibit] {s} / is {s} [allowed|permitted|okay] at {e} / {e} {s} [ban|rule|prohibition] / may I [bring|use|have] {s} at {e}
  ! will they throw me out of {e} over {s} / can I get away with {s} inside {e}
opponent position
  = {p} opposes the {s} plan of {e}. / {p} said that {e} should drop its {s} plan.
  ? who [opposes|rejects|resists] the {s} plan of {e} / who is [against|fighting|unhappy with] {s} at {e} / {e} {s} plan [opponents|critics|opposition] / what does {p} think of {s} at {e}
  ! which person wants {e} to give up {s} / does anybody object to {e} and {s}
supporter position
  = {p} wants {e} to spend more on {s}. / {p} said that {e} should put more money into {s}.
  ? who wants [more|extra|additional] money for {s} at {e} / who [supports|backs|favours] {s} at {e} / {e} {s} [supporters|friends|advocates] / what does {p} [want|demand] from {e} about {s}
  ! which person is for {e} doing more on {s} / is someone on the side of {s} at {e}
partner event
  = {e} and {o} agreed to work together on {s}. / {e} signed an agreement on {s} with {o}.
  ? with whom does {e} [work|cooperate|collaborate] on {s} / who is the [partner|ally|counterpart] of {e} for {s} / {e} {s} [agreement|deal|pact] / did {e} sign [an agreement|a contract|a deal] on {s}
  ! who joined forces with {e} over {s} / is {e} alone in {s} or with others
budget rule
  = {e} spends {v} crowns a year on {s}. / The yearly {s} budget of {e} is {v} crowns.
  ? how much does {e} [spend|pay|invest] on {s} / how [big|large|high] is the {s} budget of {e} / {e} {s} [budget|spending|funding] / what does {s} [cost|need] {e} a year
  ! how much money goes into {s} at {e} / what sum has {e} set aside for {s}
supplier rule
  = {o} supplies {e} with {s}. / {e} buys its {s} from {o}.
  ? who [supplies|delivers|provides] {s} to {e} / from whom does {e} [buy|order|get] {s} / {e} {s} [supplier|vendor] / where does the {s} of {e} [come|stem] from
  ! what firm sells {s} to {e} / who gets the orders for {s} at {e}
founding event
  = {e} set up its {s} panel on {d}. / The {s} panel of {e} was founded on {d}.
  ? when was the {s} panel of {e} [founded|set up|established] / how [old|long-standing] is the {s} panel at {e} / {e} {s} panel [founded|since|created] / since when does {e} have a {s} panel
  ! what day did {e} first get a {s} panel / how long has {s} had a panel at {e}
papers rule
  = Whoever applies to {e} for {s} needs a {c}. / {e} asks for a {c} from everyone who applies for {s}.
  ? what do I [need|have to bring|require] to apply for {s} at {e} / which [papers|documents|proofs] does {e} want for {s} / {e} {s} [requirements|papers|conditions] / what must I [show|present|hand in] {e} for {s}
  ! what should be in my folder when I go to {e} about {s} / without what will {e} turn down my {s} request
funding unknown
  = How {e} will pay for its {s} project has not been disclosed. / It is not known how the {s} project of {e} will be paid for.
  ? how will {e} [pay for|finance|fund] its {s} project / who [pays|funds|covers] the {s} project of {e} / {e} {s} project [money|financing|funds] / where does the money for {s} at {e} come from
  ! who foots the bill for the {s} project of {e} / is it clear how {e} affords the {s} project
limit rule
  = {e} allows at most {v} kilos of {s} a visitor. / Visitors may bring {e} at most {v} kilos of {s}.
  ? how much {s} does {e} [allow|accept] a visitor / what is the [limit|maximum|cap] for {s} at {e} / {e} {s} [limit|allowance|quota] / how many kilos of {s} can I [bring|take|carry] to {e}
  ! how heavy may my {s} be for {e} / when is it too much {s} for {e}
discount rule
  = {e} gives students {v} percent off {s}. / Students pay {e} {v} percent less for {s}.
  ? is there a student [discount|reduction|rebate] on {s} at {e} / how much [cheaper|less] is {s} for students at {e} / {e} {s} student [discount|price|deal] / do students get {s} [cheaper|reduced|for less] at {e}
  ! what do I save on {s} at {e} while I study / does a campus card help with {s} at {e}
`

/** All attributes. */
export const attributes: readonly Attribute[] = ATTRIBUTES.trim()
  .split(/\n(?=\S)/)
  .map((block) => {
    const [title = '', ...lines] = block.split('\n').map((line) => line.trim())
    const [name = '', kind = ''] = title.split(' ')
    const [statements = [], asks = [], held = []] = lines.map((line) => line.slice(2).split(' / ').map(readTemplate))
    return { name, kind: kind as Kind, statements, asks, held }
  })
