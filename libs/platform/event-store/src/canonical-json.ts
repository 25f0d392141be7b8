/** RFC 8785: the one way to write a JSON value, so that a hash over it can be checked by anyone. */
export function canonicalJson(value: unknown): string {
  // JSON.stringify writes everything as RFC 8785 wants but the order of members.
  if (isSorted(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  const members = value as Record<string, unknown>;
  let text = '';
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member !== undefined) text += `${text && ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** Throws a TypeError for what is not JSON. */
function isSorted(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true;
  if (typeof value === 'number' && Number.isFinite(value)) return true;
  if (typeof value !== 'object') throw new TypeError(`${String(value)} is not JSON.`);
  if (Array.isArray(value)) return value.every((item) => item === undefined || isSorted(item));
  const members = value as Record<string, unknown>;
  let before = '';
  for (const key in members) {
    if (key < before || !(members[key] === undefined || isSorted(members[key]))) return false;
    before = key;
  }
  return true;
}

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
