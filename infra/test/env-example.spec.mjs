import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** The variables of every app's configuration: the keys in capitals of its schema. */
function variables() {
  const files = readdirSync(join(root, 'apps')).flatMap((app) => {
    const folder = join(root, 'apps', app, 'src');
    return readdirSync(folder)
      .filter((file) => file.endsWith('.config.ts'))
      .map((file) => join(folder, file));
  });
  const names = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^ {2,4}([A-Z][A-Z0-9_]+): /gm)]);
  return new Set(names.map(([, name]) => name));
}

describe('.env.example', () => {
  it('names every variable that an app reads, and no other', () => {
    const example = readFileSync(join(root, '.env.example'), 'utf8');
    const named = [...example.matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual([...variables()].sort());
  });
});
