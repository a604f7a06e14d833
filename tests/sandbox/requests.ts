/** Requests to the sandbox without a client, and how to read its refusals. */
import type { Sandbox } from '../../src/sandbox/sandbox.ts'

export interface Answer {
  status: number
  body: { code: number; message: string; errors?: unknown } & Record<string, unknown>
}

/** Sends a request as the bot would. */
export async function request(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
  token = sandbox.token,
): Promise<Answer> {
  const response = await fetch(`${sandbox.api}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return {
    status: response.status,
    body: response.status === 204 ? ({} as Answer['body']) : ((await response.json()) as Answer['body']),
  }
}

export const say = (sandbox: Sandbox, body: unknown) =>
  request(sandbox, 'POST', `/channels/${sandbox.ids.channel('general')}/messages`, body)

export const register = (sandbox: Sandbox, ...commands: unknown[]) =>
  request(sandbox, 'PUT', `/applications/${sandbox.ids.bot}/commands`, commands)

/** The paths and codes of an error's leaves: "content BASE_TYPE_MAX_LENGTH". */
export function leaves(tree: unknown, path = ''): string[] {
  return Object.entries((tree ?? {}) as Record<string, unknown>).flatMap(([key, value]) =>
    key === '_errors'
      ? (value as Array<{ code: string }>).map(({ code }) => `${path} ${code}`)
      : leaves(value, path ? `${path}.${key}` : key),
  )
}
