import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeJwt, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import type { Addresses } from './program.fixture.js';

/** A true token with other claims, signed with the key of the embedded provider: it is ours to take. */
export async function forged({ home }: Pick<Addresses, 'home'>, token: string, claims: JWTPayload): Promise<string> {
  const file = path.join(home, 'identity', 'identity-keys.json');
  const { jwks } = JSON.parse(readFileSync(file, 'utf8')) as { jwks: { keys: JWK[] } };
  const [key] = jwks.keys;
  const header = { alg: 'RS256', typ: 'at+jwt', kid: key!.kid! };
  return new SignJWT({ ...decodeJwt(token), ...claims })
    .setProtectedHeader(header)
    .sign(await importJWK(key!, 'RS256'));
}

export const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;
