/** RFC 8785: the one way to write a JSON value, so that a hash over it can be checked by anyone. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value !== 'object') throw new TypeError(`${String(value)} is not JSON.`);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  const members = value as Record<string, unknown>;
  let text = '';
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member !== undefined) text += `${text && ','}${quoted(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

// Half of the time of an append in this process goes here: a call of JSON.stringify for each text costs twice as much.
const quoted = (text: string): string => (ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`);

const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** PostgreSQL keeps no NUL and no half of a surrogate pair; both are legal in a JavaScript string. */
export function isStorable(canonical: string): boolean {
  return !((canonical.includes('\\u0000') || canonical.includes('\\ud')) && UNSTORABLE.test(canonical));
}

/** The same text with a replacement character for each part that cannot be stored. */
export function storable(canonical: string): string {
  return canonical.replace(/((?<!\\)(?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g, '$1\\ufffd');
}

/** Neither unstorable nor a control character: fit to be a field of a line. */
export function isPlain(text: string): boolean {
  return !/[\u0000-\u001f\p{Surrogate}]/u.test(text);
}
