import { describe, expect, it } from '@jest/globals';
import { GroupLane } from './group-lane.js';

/** A lane whose groups stay under way until they are let go. */
function held(options: { lanes: number; limit: number }) {
  const groups: string[][] = [];
  const letGo: (() => void)[] = [];
  const lane = new GroupLane<string, string>({
    ...options,
    alone: (item) => [item.slice(0, 1)],
    send: (items) => {
      groups.push([...items]);
      return new Promise((resolve, reject) => {
        letGo.push(() => (items.includes('bad') ? reject(new Error('bad')) : resolve(items.map((item) => `${item}!`))));
      });
    },
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { lane, groups, letGo, turn };
}

describe('A group lane', () => {
  it('sends together what has waited together', async () => {
    const { lane, groups, letGo, turn } = held({ lanes: 1, limit: 10 });
    const first = lane.submit('a');
    await turn();
    const rest = Promise.all([lane.submit('b'), lane.submit('c')]);
    letGo[0]?.();
    expect(await first).toBe('a!');
    await turn();
    letGo[1]?.();
    expect(await rest).toEqual(['b!', 'c!']);
    expect(groups).toEqual([['a'], ['b', 'c']]);
  });

  it('keeps apart, and in order, what must travel alone', async () => {
    const { lane, groups, turn } = held({ lanes: 3, limit: 10 });
    for (const item of ['a1', 'a2', 'b1', 'a3', 'b2']) void lane.submit(item);
    await turn();
    expect(groups).toEqual([['a1', 'b1'], ['a2', 'b2'], ['a3']]);
  });

  it('shares what waits among its lanes, up to the limit of a group', async () => {
    const { lane, groups, turn } = held({ lanes: 2, limit: 3 });
    for (const item of 'abcdefgh') void lane.submit(item);
    await turn();
    expect(groups).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e', 'f'],
    ]);
    expect(lane.queued).toBe(2);
  });

  it('fails the culprit alone', async () => {
    const { lane, letGo, turn } = held({ lanes: 1, limit: 10 });
    const all = Promise.allSettled(['a', 'bad', 'c'].map((item) => lane.submit(item)));
    for (let index = 0; index < 4; index += 1) {
      await turn();
      letGo[index]?.();
    }
    expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
