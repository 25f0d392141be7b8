import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { Scope, Who } from '@junheng/event-store';
import { KeptAnswers, type KeptAnswersOptions, type Place } from './kept-answers.js';

const COMPARISON = { query: '{ compareCounties(region: "42") { nodes { name } } }' };

const asker = (scope: Scope, role = 'auditor'): Who => ({ actor: 'a', role, scope, correlationId: 'c' });
const province = asker({ region: '42' });

function answersAt(position: { of: number }, options?: KeptAnswersOptions) {
  const answers = new KeptAnswers((scope) => Promise.resolve(`${scope.region} ${position.of}`), options);
  const keyOf = (who: Who, body: object = COMPARISON) => answers.keyOf(body, who) ?? '';
  const find = (who: Who, body?: object) => answers.find(keyOf(who, body), who.scope);
  /** Asks until there is a place, and fills it. */
  const answer = async (who: Who, text: string, body?: object) => {
    answers.note(keyOf(who, body));
    ((await find(who, body)) as Place).fill(Buffer.from(text));
    await Promise.resolve();
  };
  return { answers, keyOf, find, answer };
}

const textOf = (found: Buffer | Place | undefined) => (Buffer.isBuffer(found) ? found.toString() : undefined);

describe('A kept answer', () => {
  it('is given again while nothing moves', async () => {
    const { find, answer } = answersAt({ of: 7 });
    await answer(province, 'Hubei at 7');
    expect(textOf(await find(province))).toBe('Hubei at 7');
  });

  it('is not given once a tenant in the scope has moved', async () => {
    const position = { of: 7 };
    const { find, answer } = answersAt(position);
    await answer(province, 'Hubei at 7');
    position.of = 8;
    expect(await find(province)).toHaveProperty('fill');
  });

  it.each([
    ['a wider region', asker({ region: '' })],
    ['a narrower region', asker({ region: '4203' })],
    ['another region', asker({ region: '50' })],
    ['a school in it', asker({ region: '42', school: '3142032301' })],
    ['another role', asker({ region: '42' }, 'province-supervisor')],
  ])('is never given to %s', async (_, other) => {
    const { answers, keyOf, find, answer } = answersAt({ of: 7 });
    await answer(province, 'Hubei at 7');
    expect(keyOf(other)).not.toBe(keyOf(province));
    expect(await find(other)).toBeUndefined();
    answers.note(keyOf(other));
    expect(await find(other)).toHaveProperty('fill');
  });

  it('belongs to its variables and its operation, too', () => {
    const { keyOf } = answersAt({ of: 7 });
    const keys = [{}, { variables: { first: 1 } }, { variables: { first: 2 } }, { operationName: 'a' }].map((more) =>
      keyOf(province, { ...COMPARISON, ...more }),
    );
    expect(new Set(keys).size).toBe(4);
  });

  it('is waited for by whoever asks while it is being made', async () => {
    const { answers, keyOf, find } = answersAt({ of: 7 });
    answers.note(keyOf(province));
    const place = (await find(province)) as Place;
    const waiting = find(province);
    await nextTurn();
    await nextTurn();
    place.fill(Buffer.from('Hubei at 7'));
    expect(textOf(await waiting)).toBe('Hubei at 7');
  });

  it('that went wrong is given to nobody', async () => {
    const { answers, keyOf, find } = answersAt({ of: 7 });
    answers.note(keyOf(province));
    const place = (await find(province)) as Place;
    const waiting = find(province);
    await nextTurn();
    await nextTurn();
    place.fill(undefined);
    expect(await waiting).toBeUndefined();
    expect(await find(province)).toHaveProperty('fill');
  });

  it('gives way to newer ones when they need its room', async () => {
    const { find, answer } = answersAt({ of: 7 }, { bytes: 15 });
    const older = { query: '{ older }' };
    await answer(province, '0123456789', older);
    await answer(province, '0123456789');
    expect(await find(province, older)).toHaveProperty('fill');
    expect(textOf(await find(province))).toBe('0123456789');
  });

  it('is not kept when it is as long as many', async () => {
    const { find, answer } = answersAt({ of: 7 }, { longestAnswer: 5 });
    await answer(province, '0123456789');
    expect(await find(province)).toHaveProperty('fill');
  });

  it('is none for what is no question', () => {
    const { answers } = answersAt({ of: 7 });
    expect([null, 'text', [], { query: 3 }].map((body) => answers.keyOf(body, province))).toEqual([
      ...[undefined, undefined, undefined, undefined],
    ]);
  });
});
