import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js'
import { type Field, type FieldName, type Form, fieldsOn } from '../../editing/form.ts'
import { shownLines } from '../../editing/form-words.ts'
import type { Snapshot } from '../../knowledge/snapshot.ts'
import { cutAtWord, visible } from '../../render/escape.ts'
import { nameOfKind } from '../../render/keeping.ts'
import { nameOf } from '../choices.ts'

const KINDS = [
  ['rule', 'is in force over a period'],
  ['event', 'happened'],
  ['plan', 'is announced for a date'],
  ['position', 'is what somebody says, wants or opposes'],
  ['estimate', 'is somebody’s figure'],
  ['unknown', 'is left open or not told by the source'],
] as const

/** The kinds of facts, for an option or a menu. */
export const KIND_CHOICES = KINDS.map(([value, meaning]) => ({ name: `${value}: it ${meaning}`, value }))

/** A page of a form as Discord shows it, with what has been typed already. */
export function modalFor(
  proposal: number,
  form: Form,
  page: number,
  snapshot: Snapshot,
): APIModalInteractionResponseCallbackData {
  const about = form.id ? `: ${form.id}` : ''
  return {
    custom_id: `form|${proposal}|${page}`,
    title: cutAtWord(visible(`${nameOfKind(form.kind)}${about}`), 45),
    components: fieldsOn(form, page).map((field) => ({
      type: ComponentType.Label,
      label: cutAtWord(field.label, 45),
      component: choicesFor(field, form, snapshot) ?? textFor(field, form),
    })),
  }
}

function textFor({ name, placeholder, long, required, max }: Field, { fields, pending }: Form) {
  const value = shownLines(pending?.[name] ?? fields[name] ?? '')
    .slice(0, max)
    .replace(/[\uD800-\uDBFF]$/, '')
  return {
    type: ComponentType.TextInput,
    custom_id: name,
    style: long ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required: required ?? false,
    max_length: max,
    ...(placeholder ? { placeholder: placeholder.slice(0, 100) } : {}),
    ...(value ? { value } : {}),
  } as const
}

function choicesFor({ name }: Field, { fields }: Form, { topics }: Snapshot) {
  const chosen = fields[name]
  const options =
    name === 'kind'
      ? KINDS.map(([value, description]) => ({ label: value, value, description, default: value === chosen }))
      : name === 'topic' && topics.size <= 25
        ? [...topics.values()].map((topic) => ({
            label: nameOf(topic.title),
            value: topic.name,
            default: topic.name === chosen,
          }))
        : []
  if (options.length === 0) return undefined
  return { type: ComponentType.StringSelect, custom_id: name, options } as const
}

/** What was typed and chosen on a page. */
export function typedIn(
  interaction: ModalSubmitInteraction,
  form: Form,
  page: number,
): Partial<Record<FieldName, string>> {
  const typed: Partial<Record<FieldName, string>> = {}
  for (const { name, max } of fieldsOn(form, page)) {
    const field = interaction.fields.fields.get(name) as { value?: string; values?: readonly string[] } | undefined
    const text = field?.value ?? field?.values?.[0]
    if (text !== undefined) typed[name] = text.slice(0, max)
  }
  return typed
}
