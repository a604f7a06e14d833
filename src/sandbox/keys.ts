import { generateKeyPairSync, sign } from 'node:crypto'

/** With which Discord signs what it sends to an app over HTTP. */
export interface Keys {
  /** As the developer portal shows it: 64 hexadecimal digits. */
  publicKey: string
  /** The signature of a request, in hexadecimal digits. */
  sign(timestamp: string, body: string): string
}

export function createKeys(): Keys {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return {
    publicKey: Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex'),
    sign: (timestamp, body) => sign(null, Buffer.from(timestamp + body), privateKey).toString('hex'),
  }
}
