/**
 * Whether events that were stored under the released catalogue can still be read under the current one.
 * A field may be added when it is optional, and a value may be widened; all else asks for an upcast, which raises the version.
 */
export function breakages(released, current) {
  return Object.entries(released).flatMap(([event, before]) => {
    const after = current[event];
    if (!after) return [`${event}: removed, but stored events of it remain`];
    if (after.version < before.version) return [`${event}: the upcasts to version ${before.version} are gone`];
    if (after.context !== before.context) return [`${event}: moved from ${before.context} to ${after.context}`];
    if (after.version > before.version) return [];
    return new Comparison(before.schema, after.schema).narrowed(event);
  });
}

class Comparison {
  #seen = new Set();

  constructor(before, after) {
    this.roots = { before, after };
  }

  narrowed(event) {
    return this.#narrower(this.roots.before, this.roots.after, event);
  }

  /** What of `before` is no longer allowed by `after`. */
  #narrower(before, after, path) {
    const pair = `${before.$ref}|${after.$ref}`;
    if (before.$ref && after.$ref && this.#seen.has(pair)) return [];
    this.#seen.add(pair);

    const wider = variants(after, this.roots.after);
    if (wider.some(isAnything)) return [];
    return variants(before, this.roots.before).flatMap((old) => {
      const attempts = wider.filter((now) => alike(old, now)).map((now) => this.#inside(old, now, path));
      if (attempts.some((found) => found.length === 0)) return [];
      return attempts.length === 1 ? attempts[0] : [`${path}: ${words(old)} is no longer allowed`];
    });
  }

  #inside(old, now, path) {
    if (now.type === 'array') return this.#array(old, now, path);
    return now.type === 'object' ? this.#object(old, now, path) : [];
  }

  #array(old, now, path) {
    if (now.prefixItems) {
      if (old.prefixItems?.length !== now.prefixItems.length) return [`${path}: the list's length changed`];
      return now.prefixItems.flatMap((item, at) => this.#narrower(old.prefixItems[at], item, `${path}[${at}]`));
    }
    return (old.prefixItems ?? [old.items]).flatMap((item) => this.#narrower(item, now.items, `${path}[]`));
  }

  #object(old, now, path) {
    const found = [];
    for (const [field, schema] of Object.entries(old.properties ?? {})) {
      const next = now.properties?.[field] ?? (now.additionalProperties || undefined);
      if (next) found.push(...this.#narrower(schema, next, `${path}.${field}`));
      else found.push(`${path}.${field}: removed or renamed`);
    }
    for (const field of now.required ?? []) {
      if (old.required?.includes(field)) continue;
      found.push(`${path}.${field}: ${field in (old.properties ?? {}) ? 'became required' : 'new and required'}`);
    }
    if (old.additionalProperties) {
      if (now.additionalProperties)
        found.push(...this.#narrower(old.additionalProperties, now.additionalProperties, `${path}.*`));
      else found.push(`${path}: names of its own choice are no longer allowed`);
    }
    return found;
  }
}

function variants(schema, root) {
  if (schema.$ref) return variants(root.$defs[schema.$ref.split('/').at(-1)], root);
  if (schema.anyOf) return schema.anyOf.flatMap((part) => variants(part, root));
  if (schema.enum) return schema.enum.map((value) => ({ const: value }));
  return [schema];
}

function alike(old, now) {
  if ('const' in now) return old.const === now.const;
  return ('const' in old ? typeof old.const : old.type) === now.type;
}

const isAnything = (schema) => !('const' in schema) && schema.type === undefined;
const words = (schema) => ('const' in schema ? JSON.stringify(schema.const) : (schema.type ?? 'anything'));
