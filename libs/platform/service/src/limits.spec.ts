import { describe, expect, it } from '@jest/globals';
import { buildSchema, getIntrospectionQuery, parse, specifiedRules, validate } from 'graphql';
import { limitRules } from './limits.js';

const schema = buildSchema(`
  type Query { counties(first: Int): [County!]!  county: County! }
  type County { name: String  parent: County  schools(first: Int): [School!]! }
  type School { name: String  returns(first: Int): [Return!]! }
  type Return { year: Int }
`);

const faults = (source: string, introspection = false): string[] =>
  validate(schema, parse(source), [...specifiedRules, ...limitRules(undefined, introspection)]).map((e) => e.message);

const deep = (levels: number) => `{ county ${'{ parent '.repeat(levels - 2)}{ name }${' }'.repeat(levels - 2)} }`;

describe('A document', () => {
  it('that a province asks passes', () => {
    expect(faults('{ counties(first: 200) { name schools(first: 20) { name } } }')).toEqual([]);
  });

  it('is at most 10 levels deep', () => {
    expect(faults(deep(10))).toEqual([]);
    expect(faults(deep(11))).toEqual(['At most 10 levels deep, not 11.']);
  });

  it('holds one operation', () => {
    expect(faults('query A { county { name } } query B { counties { name } }')).toEqual(['One operation a document.']);
  });

  it('hides no depth in fragments', () => {
    const nested = Array.from({ length: 11 }, (_, i) => `fragment f${i} on County { parent { ...f${i + 1} } }`);
    const source = `{ county { ...f0 } } ${nested.join(' ')} fragment f11 on County { name }`;
    expect(faults(source)).toEqual(['At most 10 levels deep, not 13.']);
  });

  it('asks for at most 20 root fields, under whatever names and in whatever fragments', () => {
    const fields = Array.from({ length: 21 }, (_, i) => `a${i}: county { name }`);
    expect(faults(`{ ${fields.slice(0, 20).join(' ')} }`)).toEqual([]);
    expect(faults(`{ ...all } fragment all on Query { ${fields.join(' ')} }`)).toEqual([
      'At most 20 root fields, not 21.',
    ]);
  });

  it('renames at most 30 fields', () => {
    const aliases = Array.from({ length: 31 }, (_, i) => `n${i}: name`).join(' ');
    expect(faults(`{ county { ${aliases} } }`)).toEqual(['At most 30 aliases, not 31.']);
  });

  it('asks for at most 200 rows at once', () => {
    expect(faults('{ counties(first: 201) { name } }')).toContain('"first" is at most 200.');
  });

  it('does not multiply pages into a flood', () => {
    const [fault] = faults('{ counties(first: 200) { schools(first: 200) { name } } }');
    expect(fault).toMatch('It costs 40201, at most 20000');
    expect(faults('query ($n: Int = 1) { counties(first: $n) { schools(first: $n) { name } } }')).toHaveLength(1);
  });

  it('does not make its own check expensive', () => {
    const bombs = Array.from({ length: 60 }, (_, i) => `fragment b${i} on County { ...b${i + 1} ...b${i + 1} }`);
    const begun = performance.now();
    faults(`{ county { ...b0 } } ${bombs.join(' ')} fragment b60 on County { name }`);
    expect(performance.now() - begun).toBeLessThan(500);
  });

  it('that contains itself is refused and not followed', () => {
    const [fault] = faults('{ county { ...a } } fragment a on County { parent { ...a } }');
    expect(fault).toMatch('Cannot spread fragment "a" within itself');
  });

  it('looks into the schema only where that is open', () => {
    expect(faults(getIntrospectionQuery())).not.toEqual([]);
    expect(faults(getIntrospectionQuery(), true)).toEqual([]);
  });
});
