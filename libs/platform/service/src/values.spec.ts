import { describe, expect, it } from '@jest/globals';
import { parseValue } from 'graphql';
import { Decimal } from './decimal.scalar.js';
import { decodeCursor, encodeCursor, page, pageSize } from './page.js';
import { readConfig, serviceConfigSchema } from './service.config.js';

describe('A decimal', () => {
  const literal = (source: string) => Decimal.parseLiteral(parseValue(source));

  it.each([
    ['1610.320', '1610.32'],
    ['007', '7'],
    ['-0', '0'],
    ['0.000', '0'],
    ['-0.50', '-0.5'],
    ['100', '100'],
  ])('%s is stored as %s', (text, canonical) => {
    expect(Decimal.parseValue(text)).toBe(canonical);
    expect(Decimal.serialize(text)).toBe(canonical);
  });

  it('in a document may be a number, as its text is not lost there', () => {
    expect(literal('1610.320')).toBe('1610.32');
    expect(literal('"12"')).toBe('12');
  });

  it.each(['1e3', '+1', '1.', '.5', '', ' 1', '1,000', 'NaN', 0.1, 2 ** 53, null, true, {}, '9'.repeat(65)])(
    'is not %j',
    (value) => {
      expect(() => Decimal.parseValue(value)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
    },
  );
});

describe('A page', () => {
  const rows = [{ code: '420301' }, { code: '420302' }, { code: '420303' }];
  const key = ({ code }: { code: string }) => [code];

  it('ends with a cursor that begins the next', () => {
    const { nodes, pageInfo } = page('county by code', 2, rows, key);
    expect(nodes).toEqual(rows.slice(0, 2));
    expect(pageInfo.hasNextPage).toBe(true);
    expect(decodeCursor('county by code', pageInfo.endCursor ?? '')).toEqual(['420302']);
  });

  it('that is the last says so', () => {
    expect(page('county by code', 3, rows, key).pageInfo.hasNextPage).toBe(false);
    expect(page('county by code', 3, [], key).pageInfo).toEqual({ hasNextPage: false, endCursor: null });
  });

  it.each([0, -1, 201])('is not of %d rows', (first) => {
    expect(() => pageSize({ first })).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  });

  const cursor = encodeCursor('county by code', ['420302', null, 3, true]);

  it.each([
    ['another list', 'county by name', cursor],
    ['a changed key', 'county by code', `${cursor.slice(0, -3)}AAA`],
    ['rubbish', 'county by code', 'rubbish'],
    ['nothing', 'county by code', ''],
  ])('takes no cursor of %s', (_, list, text) => {
    expect(() => decodeCursor(list, text)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  });
});

describe('The environment', () => {
  const good = {
    DATABASE_URL: 'postgres://junheng_app:x@127.0.0.1:5433/junheng',
    OIDC_ISSUER: 'http://localhost:4001/realms/junheng',
  };

  it('needs little, and fills in the rest', () => {
    expect(readConfig(serviceConfigSchema, good)).toMatchObject({ PORT: 4000, OIDC_AUDIENCE: 'junheng-api' });
    expect(readConfig(serviceConfigSchema, { ...good, PORT: '', LOG_LEVEL: '' })).toMatchObject({ PORT: 4000 });
  });

  it.each([
    ['PORT', { ...good, PORT: 'http' }],
    ['DATABASE_URL', { ...good, DATABASE_URL: 'mysql://secret@db' }],
    ['DATABASE_URL', { OIDC_ISSUER: good.OIDC_ISSUER }],
    ['OIDC_ISSUER', { ...good, OIDC_ISSUER: 'http://localhost:4001' }],
    ['LOG_LEVEL', { ...good, LOG_LEVEL: 'loud' }],
  ])('that is wrong stops the start and names %s, not its value', (name, environment) => {
    expect(() => readConfig(serviceConfigSchema, environment)).toThrow(name);
    expect(() => readConfig(serviceConfigSchema, environment)).not.toThrow('secret');
  });
});
