import type { ModalSubmitInteraction } from 'discord.js'
import { visible } from '../render/escape.ts'
import type { ComponentInteraction } from './command.ts'

/** What was typed into a field, as a reader sees it; empty where the form that was sent has no such field. */
export function typedText({ fields }: ModalSubmitInteraction, name: string, max: number): string {
  const { value } = (fields.fields.get(name) ?? {}) as { value?: unknown }
  return typeof value === 'string' ? visible(value.slice(0, max)) : ''
}

/** A number as custom ids and menus have it; 0, which nothing has, for anything else. */
export function numberOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : 0
}

/** The number that was chosen in a menu, or else that of the button. */
export function chosenNumber(interaction: ComponentInteraction, own: string | undefined): number {
  return numberOf(interaction.isStringSelectMenu() ? interaction.values[0] : own)
}
