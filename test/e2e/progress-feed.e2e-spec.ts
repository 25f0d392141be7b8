import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { County } from './county.fixture.js';
import { type Feed, subscribe } from './socket.fixture.js';
import { sharedStack, START_MS, type Stack } from './stack.fixture.js';
import { forged, inSeconds } from './token.fixture.js';

const PROGRESS = {
  query: `subscription { campaignProgress(county: "620102", schoolYear: 2013) {
    county expected missing saved submitted returned approved counted
  } }`,
};

let stack: Stack;
let county: County;
const feeds: Feed[] = [];
beforeAll(async () => {
  stack = await sharedStack();
  county = await County.found(stack.client, '620102', 2);
  await county.report(2);
}, START_MS);
afterEach(async () => {
  await Promise.all(feeds.splice(0).map((feed) => feed.close()));
});

function follow(token: string): Feed {
  const feed = subscribe(stack, token, PROGRESS);
  feeds.push(feed);
  return feed;
}

/** Feeds show where the county stands, and need not show each step on the way there. */
async function comesTo(feed: Feed, standing: object): Promise<void> {
  for (;;) {
    const { value } = await feed.next();
    const row = value.data.campaignProgress;
    if (Object.entries(standing).every(([name, count]) => row[name] === count)) return;
  }
}

describe('The progress of a campaign', () => {
  it('comes over a WebSocket: now, and after each change', async () => {
    const feed = follow(await stack.client.token(county.admin));
    await comesTo(feed, { county: '620102', expected: 2, missing: 1, approved: 1, counted: 1 });
    await county.enter(1);
    await comesTo(feed, { missing: 0, saved: 1, approved: 1 });
    await county.submit(1);
    await comesTo(feed, { saved: 0, submitted: 1, approved: 1 });
    await county.approve(1);
    await comesTo(feed, { submitted: 0, approved: 2, counted: 2 });
  });

  it('ends when the listener wants no more', async () => {
    const feed = follow(await stack.client.token(county.admin));
    await feed.next();
    await feed.unsubscribe();
    expect(await feed.next()).toEqual({ done: true, value: undefined });
  });

  it('ends with the token, and says so', async () => {
    const token = await forged(stack, await stack.client.token(county.admin), { exp: inSeconds(2) });
    const feed = follow(token);
    await feed.next();
    const end: unknown = await feed.next().catch((error: unknown) => error);
    expect(JSON.stringify(end)).toContain('UNAUTHENTICATED');
    const again = follow(token);
    await expect(again.next()).rejects.toBeDefined();
  });

  it('is heard by who is above the county, and by nobody else', async () => {
    await follow(await stack.client.token('auditor-62')).next();
    const stranger = follow(await stack.client.token('admin-620103'));
    const refusal: unknown = await stranger.next().catch((error: unknown) => error);
    expect(JSON.stringify(refusal)).toContain('FORBIDDEN');
  });
});
