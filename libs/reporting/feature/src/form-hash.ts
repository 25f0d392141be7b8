import { createHash } from 'node:crypto';
import canonicalizeModule from 'canonicalize';
import type { Form, FormInForce } from '@junheng/reporting-contract';

// The package is CommonJS; its types speak of an ES module.
const canonicalize = canonicalizeModule as unknown as typeof canonicalizeModule.default;

/** SHA-256 of the canonical JSON (RFC 8785), in lower-case hex. */
export function contentHash(content: unknown): string {
  return createHash('sha256')
    .update(canonicalize(content) ?? '')
    .digest('hex');
}

export function inForce(content: Form): FormInForce {
  return { id: content.id, version: content.version, hash: contentHash(content), content };
}
