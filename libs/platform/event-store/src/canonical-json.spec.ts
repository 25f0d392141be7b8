import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson, isStorable, storable } from './canonical-json.js';

const reference = canonicalize as unknown as (value: unknown) => string;

describe('Canonical JSON', () => {
  it('is what RFC 8785 says, for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(value)).toBe(reference(value));
      }),
    );
  });

  it('holds neither tabs nor line ends, whatever the text', () => {
    expect(canonicalJson({ '\n\t': '\u001e\r\n\t' })).not.toMatch(/[\n\r\t\u001e]/);
  });

  it('leaves out what is absent', () => {
    expect(canonicalJson({ a: undefined, b: null, c: [undefined] })).toBe('{"b":null,"c":[null]}');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1])('has no word for %p', (value) => {
    expect(() => canonicalJson({ value })).toThrow(TypeError);
  });
});

describe('Text', () => {
  it.each(['a\0b', '\ud800', 'a\udfffb', '\\\0'])('cannot be stored with %j in it', (text) => {
    expect(isStorable(canonicalJson({ text }))).toBe(false);
    expect(isStorable(storable(canonicalJson({ text })))).toBe(true);
  });

  it.each(['\\u0000', '\\\\ud800', '𠮷', '\u0001', '\\'])('can be stored with %j in it', (text) => {
    expect(isStorable(canonicalJson({ text }))).toBe(true);
    expect(storable(canonicalJson({ text }))).toBe(canonicalJson({ text }));
  });
});
