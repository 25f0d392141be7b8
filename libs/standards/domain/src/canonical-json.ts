/**
 * The one text of a JSON value: keys sorted by code unit, no spaces (RFC 8785). A standard holds no floats, so numbers
 * that are no safe integers are refused instead of being formatted.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} has no canonical text; write decimals as text.`);
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object') throw new RangeError(`A ${typeof value} has no canonical text.`);
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`;
}

/** Names the content of a standard: `sha256` (UTF-8 text to lower-case hex) is injected, as the domain knows no runtime. */
export function contentHash(content: unknown, sha256: (text: string) => string): string {
  return sha256(canonicalJson(content));
}
