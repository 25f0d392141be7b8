import { describe, expect, it } from '@jest/globals';
import { newestVersion, upcast, type Upcasts } from './upcast.js';

const upcasts: Upcasts = {
  HeadcountRecorded: {
    1: ({ pupils, ...rest }) => ({ ...rest, figures: { p_enrol: String(pupils) } }),
    2: ({ figures, ...rest }) => ({ ...rest, figures, section: 'pupils' }),
  },
};

describe('An upcast', () => {
  it('reads what was stored long ago as the newest form', () => {
    const stored = JSON.parse('{"school":"4203230001","schoolYear":2013,"pupils":795}') as Record<string, unknown>;
    expect(upcast(upcasts, 'HeadcountRecorded', { typeVersion: 1, data: stored })).toEqual({
      typeVersion: 3,
      data: { school: '4203230001', schoolYear: 2013, figures: { p_enrol: '795' }, section: 'pupils' },
    });
  });

  it('starts from the version that was stored', () => {
    const stored = JSON.parse('{"school":"4203230001","figures":{"p_enrol":"795"}}') as Record<string, unknown>;
    expect(upcast(upcasts, 'HeadcountRecorded', { typeVersion: 2, data: stored }).data).toEqual({
      ...{ school: '4203230001', figures: { p_enrol: '795' }, section: 'pupils' },
    });
  });

  it('leaves alone what has none', () => {
    const stored = { typeVersion: 1, data: { school: '4203230001' } };
    expect(upcast(upcasts, 'ReturnApproved', stored)).toEqual(stored);
  });

  it('makes new events be written in the newest version', () => {
    expect(newestVersion(upcasts, 'HeadcountRecorded')).toBe(3);
    expect(newestVersion(upcasts, 'ReturnApproved')).toBe(1);
  });
});
