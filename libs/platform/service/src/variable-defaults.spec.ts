import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { withDefaults } from './variable-defaults.js';

const schema = buildSchema(`
  input Sort { by: String! = "county", descending: Boolean! = false, then: [Sort!] }
  type Query { counties(first: Int! = 50, sort: Sort, after: String): Int }
`);
const fill = (declared: string, variables: object) =>
  withDefaults(schema, parse(`query (${declared}) { counties }`), variables as Record<string, unknown>);

describe('Variables', () => {
  it('get the fields of an input that have a default, however deep', () => {
    expect(fill('$sort: Sort', { sort: { by: 'x', then: [{}] } })).toEqual({
      sort: { by: 'x', descending: false, then: [{ by: 'county', descending: false }] },
    });
  });

  it('get the default of their declaration, with its own fields filled', () => {
    expect(fill('$first: Int! = 20, $sort: Sort = {by: "y"}', {})).toEqual({
      first: 20,
      sort: { by: 'y', descending: false },
    });
  });

  it('stay as they were given, null and unknown fields included', () => {
    const given = { first: 3, sort: null, after: null, other: 1 };
    expect(fill('$first: Int! = 20, $sort: Sort = {}, $after: String = "a"', given)).toEqual(given);
    expect(fill('$sort: Sort', { sort: { by: 'x', descending: true, odd: 1 } })).toEqual({
      sort: { by: 'x', descending: true, odd: 1 },
    });
    expect(fill('$sort: Sort', { sort: 'no object' })).toEqual({ sort: 'no object' });
    expect(fill('$sort: Sort', {})).toEqual({});
  });
});
