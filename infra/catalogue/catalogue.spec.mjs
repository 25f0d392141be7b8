import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { breakages } from './compatibility.mjs';
import { readEvents } from './event-schema.mjs';

const RELEASED = `
  /** What a school says. */
  export interface Saved {
    readonly type: 'Saved';
    readonly school: string;
    readonly stage: 'primary' | 'junior';
    readonly pupils: number | null;
    readonly figures: Readonly<Record<string, string | readonly string[] | boolean | null>>;
    readonly note?: string;
    readonly rows: readonly { readonly item: string; readonly amount?: string }[];
    readonly check: Expression;
  }
  export type Expression = { readonly field: string } | { readonly sum: readonly Expression[] };
  export interface Closed { readonly type: 'Closed'; readonly school: string }
  export type ReturnEvent = Saved | Closed;`;

let root;
let released;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'junheng-catalogue-'));
  await mkdir(join(root, 'lib/src'), { recursive: true });
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    types: [],
    lib: ['es5'],
    module: 'nodenext',
  };
  await writeFile(join(root, 'tsconfig.base.json'), JSON.stringify({ compilerOptions }));
  released = await catalogue(RELEASED);
});
afterAll(() => rm(root, { recursive: true }));

async function catalogue(source, upcasts) {
  await writeFile(join(root, 'lib/src/index.ts'), source);
  const file = join(root, 'lib/src/return.upcast.ts');
  await (upcasts ? writeFile(file, upcasts) : rm(file, { force: true }));
  return readEvents(root, { reporting: { events: ['lib'], upcasts: ['lib'] } });
}

async function changing(from, to) {
  expect(RELEASED).toContain(from);
  return breakages(released, await catalogue(RELEASED.replace(from, to)));
}

describe('The catalogue of events', () => {
  it('says what the data of each event looks like', async () => {
    const { Closed, Saved } = await catalogue(RELEASED);
    expect(Closed).toEqual({
      context: 'reporting',
      version: 1,
      schema: {
        type: 'object',
        properties: { school: { type: 'string' } },
        required: ['school'],
        additionalProperties: false,
      },
    });
    expect(Saved.schema.description).toBe('What a school says.');
    expect(Saved.schema.required).toEqual(['school', 'stage', 'pupils', 'figures', 'rows', 'check']);
    expect(Saved.schema.properties).toMatchObject({
      stage: { enum: ['junior', 'primary'] },
      pupils: { anyOf: [{ type: 'null' }, { type: 'number' }] },
      note: { type: 'string' },
      check: { $ref: '#/$defs/Expression' },
    });
  });

  it('counts the upcasts of an event as its versions', async () => {
    const { Closed, Saved } = await catalogue(
      RELEASED,
      `export const returnUpcasts = { Saved: { 1: (old) => old, 2: (old) => old } } as const satisfies object;`,
    );
    expect([Closed.version, Saved.version]).toEqual([1, 3]);
  });

  it.each([
    ['a Date', 'readonly school: Date'],
    ['a function', 'readonly school: () => string'],
    ['a bigint', 'readonly school: bigint'],
    ['undefined as a value', 'readonly school: string | undefined'],
    ['any', 'readonly school: any'],
  ])('refuses %s, which JSON does not hold', async (_, field) => {
    await expect(catalogue(RELEASED.replaceAll('readonly school: string', field))).rejects.toThrow(
      'does not survive JSON',
    );
  });

  it('refuses an event whose type and name differ', async () => {
    await expect(catalogue(RELEASED.replace("type: 'Closed'", "type: 'Shut'"))).rejects.toThrow('name both alike');
  });

  it('refuses an upcast of an event that does not exist', async () => {
    await expect(catalogue(RELEASED, 'export const u = { Lost: { 1: (old) => old } };')).rejects.toThrow(
      'no such event',
    );
  });
});

describe('A released event', () => {
  it.each([
    ['lose a field', 'readonly stage:', 'readonly level?:', 'Saved.stage: removed or renamed'],
    ['gain a required field', 'readonly note?:', 'readonly by: string; readonly note?:', 'Saved.by: new and required'],
    ['require an optional field', 'readonly note?:', 'readonly note:', 'Saved.note: became required'],
    [
      'change the type of a field',
      'readonly note?: string',
      'readonly note?: number',
      'Saved.note: string is no longer allowed',
    ],
    ['forbid a value', "'primary' | 'junior'", "'primary'", 'Saved.stage: "junior" is no longer allowed'],
    ['forbid null', 'number | null', 'number', 'Saved.pupils: null is no longer allowed'],
    [
      'narrow text to words',
      'readonly school: string',
      "readonly school: 'a' | 'b'",
      'Saved.school: string is no longer',
    ],
    [
      'change a field in a list',
      'readonly item: string',
      'readonly item: number',
      'Saved.rows[].item: string is no longer',
    ],
    ['lose a field in a list', '; readonly amount?: string }', ' }', 'Saved.rows[].amount: removed or renamed'],
    ['narrow what a record holds', 'string | readonly string[] |', 'string |', 'Saved.figures.*: array is no longer'],
    [
      'fix the names of a record',
      'Readonly<Record<string, string | readonly string[] | boolean | null>>',
      '{}',
      'own choice',
    ],
    [
      'narrow a type that holds itself',
      '{ readonly sum: readonly Expression[] }',
      '{ readonly sum: string }',
      'Saved.check',
    ],
    ['disappear', 'Saved | Closed', 'Saved', 'Closed: removed'],
    ['be renamed', "Closed { readonly type: 'Closed'", "Shut { readonly type: 'Shut'", 'Closed: removed'],
  ])('must not %s', async (_, from, to, complaint) => {
    const renamed = to.includes('Shut') ? RELEASED.replace('Saved | Closed', 'Saved | Shut') : RELEASED;
    const found = breakages(released, await catalogue(renamed.replace(from, to)));
    expect(found).toEqual([expect.stringContaining(complaint)]);
  });

  it.each([
    ['stay as it is', 'Saved | Closed', 'Saved | Closed'],
    ['change the order of its fields', 'Saved | Closed', 'Closed | Saved'],
    ['gain an optional field', 'readonly note?:', 'readonly by?: string; readonly note?:'],
    ['allow another value', "'primary' | 'junior'", "'primary' | 'junior' | 'senior'"],
    ['allow null', 'readonly school: string', 'readonly school: string | null'],
    ['make a field optional', 'readonly school: string', 'readonly school?: string'],
    [
      'widen a type that holds itself',
      '{ readonly field: string } |',
      '{ readonly field: string } | { readonly none: null } |',
    ],
    ['get a companion', 'Saved | Closed', "Saved | Closed | { readonly type: 'Opened' }"],
  ])('may %s', async (_, from, to) => {
    expect(await changing(from, to)).toEqual([]);
  });

  it('may change as it likes when an upcast reads its old version', async () => {
    const upcasts = 'export const u = { Saved: { 1: (old) => old } };';
    const changed = RELEASED.replace('readonly stage:', 'readonly level:');
    expect(breakages(released, await catalogue(changed, upcasts))).toEqual([]);
  });

  it('must keep the upcasts of its old versions', async () => {
    const second = await catalogue(RELEASED, 'export const u = { Saved: { 1: (old) => old } };');
    expect(breakages(second, await catalogue(RELEASED))).toEqual([
      expect.stringContaining('upcasts to version 2 are gone'),
    ]);
  });

  it('must not move to another context', async () => {
    const moved = { ...released, Closed: { ...released.Closed, context: 'register' } };
    expect(breakages(released, moved)).toEqual([expect.stringContaining('moved from reporting')]);
  });
});
