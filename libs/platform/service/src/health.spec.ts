import { describe, expect, it } from '@jest/globals';
import { type Health, Readiness } from './health.js';

const check = (name: string, answer: Health) => ({ name, check: async () => answer });

describe('A service', () => {
  it('is ready when everything it needs answers', async () => {
    expect(await new Readiness([check('database', 'ok')]).report()).toEqual({
      status: 'ok',
      checks: { database: 'ok' },
    });
  });

  it('stays ready while a tenant is stopped, and shows it', async () => {
    const readiness = new Readiness([check('database', 'ok'), check('views', 'degraded')]);
    expect(await readiness.report()).toEqual({ status: 'degraded', checks: { database: 'ok', views: 'degraded' } });
  });

  it('is down when something throws', async () => {
    const broken = { name: 'database', check: () => Promise.reject(new Error('no route')) };
    expect(await new Readiness([broken, check('views', 'degraded')]).report()).toMatchObject({ status: 'down' });
  });

  it('is down when something does not answer within a second', async () => {
    const hanging = { name: 'database', check: () => new Promise<Health>(() => undefined) };
    expect(await new Readiness([hanging]).report()).toMatchObject({ status: 'down', checks: { database: 'down' } });
  });

  it('is down as soon as it begins to end', async () => {
    const readiness = new Readiness([check('database', 'ok')]);
    readiness.end();
    expect(await readiness.report()).toMatchObject({ status: 'down' });
  });
});
