/** Discord's answer to a request that it refuses. */
export interface ErrorBody {
  code: number
  message: string
  errors?: ErrorTree
}

/** Follows the refused body; leaves are lists under `_errors`. */
export interface ErrorTree {
  [key: string]: ErrorTree | Array<{ code: string; message: string }>
}

/** One thing wrong in a request's body. */
export interface Flaw {
  path: Array<string | number>
  code: string
  message: string
}

export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly body: ErrorBody

  constructor(status: number, code: number, message: string, errors?: ErrorTree) {
    super(message)
    this.status = status
    this.body = errors ? { message, code, errors } : { message, code }
  }
}

/** Throws Discord's "Invalid Form Body" if there are flaws. */
export function refuse(flaws: Flaw[]): void {
  if (flaws.length === 0) return
  const tree: ErrorTree = {}
  for (const flaw of flaws) {
    let node = tree
    for (const key of flaw.path) {
      node[key] ??= {}
      node = node[key] as ErrorTree
    }
    node._errors ??= []
    ;(node._errors as Array<{ code: string; message: string }>).push({ code: flaw.code, message: flaw.message })
  }
  throw new ApiError(400, 50035, 'Invalid Form Body', tree)
}

/** The errors that several routes share, in Discord's numbers and words. */
export const errors = {
  notFound: () => new ApiError(404, 0, '404: Not Found'),
  unauthorized: () => new ApiError(401, 0, '401: Unauthorized'),
  unknownChannel: () => new ApiError(404, 10003, 'Unknown Channel'),
  unknownGuild: () => new ApiError(404, 10004, 'Unknown Guild'),
  unknownMember: () => new ApiError(404, 10007, 'Unknown Member'),
  unknownMessage: () => new ApiError(404, 10008, 'Unknown Message'),
  unknownUser: () => new ApiError(404, 10013, 'Unknown User'),
  unknownWebhook: () => new ApiError(404, 10015, 'Unknown Webhook'),
  unknownInteraction: () => new ApiError(404, 10062, 'Unknown interaction'),
  unknownCommand: () => new ApiError(404, 10063, 'Unknown application command'),
  unknownApplication: () => new ApiError(404, 10002, 'Unknown Application'),
  tooManyCommands: (max: number) =>
    new ApiError(400, 30032, `Maximum number of application commands reached (${max}).`),
  tooLarge: () => new ApiError(413, 40005, 'Request entity too large'),
  alreadyAcknowledged: () => new ApiError(400, 40060, 'Interaction has already been acknowledged.'),
  notYours: () => new ApiError(403, 50005, 'Cannot edit a message authored by another user'),
  missingAccess: () => new ApiError(403, 50001, 'Missing Access'),
  unavailable: () => new ApiError(503, 0, '503: Service Unavailable'),
  cannotMessage: () => new ApiError(403, 50007, 'Cannot send messages to this user'),
  emptyMessage: () => new ApiError(400, 50006, 'Cannot send an empty message'),
  missingPermissions: () => new ApiError(403, 50013, 'Missing Permissions'),
  invalidToken: () => new ApiError(401, 50027, 'Invalid Webhook Token'),
  invalidJson: () => new ApiError(400, 50109, 'The request body contains invalid JSON.'),
}
