/** Responses to interactions, in the shapes that Discord takes. */
import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  ModalInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod'
import { refuse } from './api-error.ts'
import type { Callback } from './interactions.ts'
import { schemaFlaws } from './validate.ts'

const CALLBACKS = {
  4: CreateMessageInteractionCallbackRequestSchema,
  5: CreateMessageInteractionCallbackRequestSchema,
  6: UpdateMessageInteractionCallbackRequestSchema,
  7: UpdateMessageInteractionCallbackRequestSchema,
  8: ApplicationCommandAutocompleteCallbackRequestSchema,
  9: ModalInteractionCallbackRequestSchema,
}

/** The response that a body is; throws what Discord would refuse. */
export function checkedCallback(body: unknown): Callback {
  const callback = body as Callback
  const schema = CALLBACKS[callback?.type as keyof typeof CALLBACKS]
  if (!schema)
    refuse([{ path: ['type'], code: 'BASE_TYPE_CHOICES', message: 'Value must be one of {4, 5, 6, 7, 8, 9}.' }])
  refuse(schemaFlaws(schema, callback))
  return callback
}
