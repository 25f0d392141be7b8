import { createHash } from 'node:crypto';

/** A UUID (version 5) that follows from a name: the same step has the same command id in every run. */
export function commandId(name: string): string {
  const hash = createHash('sha1').update(`junheng.demo/${name}`).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
