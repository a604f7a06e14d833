import type { Flaw } from './api-error.ts'
import { type AnyComponent, duplicateFlaws, required, selectFlaws, walk } from './rules-components.ts'

const ROW = 1
const TEXT_INPUT = 4
const LABEL = 18

/** What Discord has against a modal beyond its shape. */
export function modalFlaws(components: AnyComponent[]): Flaw[] {
  const at = ['data', 'components']
  const all = [...walk(components, at)]
  const flaws = duplicateFlaws(all)
  if (components.length > 5)
    flaws.push({ path: at, code: 'BASE_TYPE_BAD_LENGTH', message: 'Must be between 1 and 5 in length.' })
  for (const [component, path] of all) {
    const inRow = path.at(-2) === 'components' && path.length > at.length + 1
    if (component.type === ROW && component.components?.length !== 1)
      flaws.push({
        path: [...path, 'components'],
        code: 'BASE_TYPE_BAD_LENGTH',
        message: 'Must be between 1 and 1 in length.',
      })
    if (component.type === LABEL && !component.label?.trim()) flaws.push(required([...path, 'label']))
    if (component.type === TEXT_INPUT) flaws.push(...textInputFlaws(component, path, inRow))
    if (component.options) flaws.push(...selectFlaws({ ...component, min_values: lowest(component) }, path))
  }
  return flaws
}

/** A select that may be left empty has no least number of values, whatever it says. */
function lowest({ required: needed, min_values }: AnyComponent): number {
  return needed === false ? 0 : (min_values ?? 1)
}

function textInputFlaws(input: AnyComponent, path: Array<string | number>, inRow: boolean): Flaw[] {
  const flaws: Flaw[] = []
  if (inRow && !input.label?.trim()) flaws.push(required([...path, 'label']))
  if (!inRow && input.label)
    flaws.push({
      path: [...path, 'label'],
      code: 'COMPONENT_LABEL_NOT_ALLOWED',
      message: 'A text input in a label component has no label of its own',
    })
  const { min_length: min, max_length: max, value } = input
  if ((min ?? 0) > (max ?? 4000))
    flaws.push({ path: [...path, 'min_length'], code: 'NUMBER_TYPE_MAX', message: 'Must be at most max_length.' })
  if (value && [...value].length > (max ?? 4000))
    flaws.push({
      path: [...path, 'value'],
      code: 'BASE_TYPE_MAX_LENGTH',
      message: `Must be ${max ?? 4000} or fewer in length.`,
    })
  return flaws
}

/** What Discord has against autocompletion's choices beyond their shapes; `type` is the option's. */
export function choicesFlaws(
  choices: Array<{ name: string; value: string | number }> | undefined,
  type: number,
): Flaw[] {
  if (!choices) return [required(['data', 'choices'])]
  return choices.flatMap((choice, index) => {
    const path = ['data', 'choices', index]
    const flaws: Flaw[] = choice.name.trim() ? [] : [required([...path, 'name'])]
    if (typeof choice.value === 'string' && [...choice.value].length > 100)
      flaws.push({
        path: [...path, 'value'],
        code: 'BASE_TYPE_MAX_LENGTH',
        message: 'Must be 100 or fewer in length.',
      })
    if ((typeof choice.value === 'string') !== (type === 3))
      flaws.push({
        path: [...path, 'value'],
        code: 'BASE_TYPE_INVALID',
        message: `Only ${type === 3 ? 'string' : 'number'} type is allowed here.`,
      })
    return flaws
  })
}
