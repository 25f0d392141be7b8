import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { builtInStandard, builtInStandards } from './built-in.js';
import { canonicalJson, contentHash } from './canonical-json.js';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

describe('A standard that comes with Junheng', () => {
  it.each([
    ['cn-basic-2012', '3536abf9020a8a8f29c9bdbf87ae2e49f24469a5348dd28948e863d6451dd478'],
    ['cn-quality-2017', '6ab2dcabcc057e695e7d37f2e437524446bcce80780ec467b4e4e97246f010db'],
    ['gansu', 'f6f1b06684a4ac7490f8b8c79d2d9d3aceccaebce57b74a48c87c5c7444e3560'],
    ['hubei-2012', 'b668d1d0b4beda23e7d9888e0c6f0a267f53ca59a30bb2b58fce60863a08381f'],
  ])('%s keeps its content: a change is a new version', (id, hash) => {
    expect(contentHash(builtInStandard(id), sha256)).toBe(hash);
  });

  it('has an id of its own', () => {
    expect(new Set(builtInStandards.map(({ id }) => id)).size).toBe(builtInStandards.length);
  });
});

describe('Canonical JSON', () => {
  it('does not depend on the order of the keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'é' }], a: true })).toBe('{"a":true,"b":[1,{"c":"é","d":null}]}');
  });

  it('leaves out what is undefined, as JSON does', () => expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}'));

  it.each([0.1, Number.NaN, 2 ** 53])('refuses the float %p instead of formatting it', (value) => {
    expect(() => canonicalJson({ value })).toThrow(RangeError);
  });
});
