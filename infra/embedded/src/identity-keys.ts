import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

export interface IdentityKeys {
  readonly jwks: { readonly keys: readonly JWK[] };
  readonly cookieKey: string;
  readonly serviceSecret: string;
}

/** Kept, so that tokens outlive a restart. */
export async function identityKeys(dataDir: string): Promise<IdentityKeys> {
  const file = path.join(dataDir, 'identity-keys.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as IdentityKeys;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(key);
  const fresh = {
    jwks: { keys: [{ ...key, kid, use: 'sig', alg: 'RS256' }] },
    cookieKey: randomBytes(32).toString('base64url'),
    serviceSecret: randomBytes(32).toString('base64url'),
  };
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  writeFileSync(file, JSON.stringify(fresh), { mode: 0o600 });
  return fresh;
}
