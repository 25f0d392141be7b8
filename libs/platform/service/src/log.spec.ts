import { describe, expect, it } from '@jest/globals';
import { createLog, type Log, withCorrelation } from './log.js';

function logged(say: (log: Log) => void): string {
  const lines: string[] = [];
  say(createLog('api', 'trace', { write: (line: string) => void lines.push(line) }));
  return lines.join('');
}

describe('A line of the log', () => {
  it('is structured and names its service', () => {
    expect(JSON.parse(logged((log) => log.info({ tenant: '420323' }, 'appended')))).toMatchObject({
      name: 'api',
      level: 30,
      tenant: '420323',
      msg: 'appended',
    });
  });

  it('carries the correlation id of its request, across awaits', async () => {
    const lines: string[] = [];
    const log = createLog('api', 'info', { write: (line: string) => void lines.push(line) });
    await withCorrelation('c-1', async () => {
      await Promise.resolve();
      log.info('inside');
    });
    log.info('outside');
    expect(lines.map((line) => (JSON.parse(line) as { correlationId?: string }).correlationId)).toEqual([
      'c-1',
      undefined,
    ]);
  });

  it.each([
    ['a password', { password: 'hunter2-secret' }, 'hunter2-secret'],
    ['a header', { request: { headers: { authorization: 'Bearer abc' } } }, 'Bearer abc'],
    ['a variable', { variables: { principal: '张三' } }, '张三'],
    ['a phone number', { note: 'call 13800138000' }, '13800138000'],
    ['an identity number', { note: '11010519491231002X' }, '11010519491231002X'],
    ['an e-mail address', { note: 'to zhang.san@edu.example.cn' }, 'zhang.san'],
    ['a token', { note: 'eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl' }, 'eyJhbGciOi'],
    ['the password of a database', { url: 'postgres://app:s3cr3t@db/junheng' }, 's3cr3t'],
  ])('does not carry %s', (_, fields, secret) => {
    expect(logged((log) => log.info(fields, 'x'))).not.toContain(secret);
    expect(logged((log) => log.info(`x ${Object.values(fields).join(' ')}`))).not.toMatch(
      /13800138000|eyJhbGciOi|s3cr3t/,
    );
  });

  it('does not carry the row that a database error quotes', () => {
    const error = Object.assign(new Error('duplicate key'), {
      code: '23505',
      detail: 'Key (name)=(张三) already exists.',
      parameters: ['张三'],
      query: `INSERT … '张三'`,
    });
    const line = logged((log) => log.error({ err: error }, 'failed'));
    expect(line).not.toContain('张三');
    expect(JSON.parse(line)).toMatchObject({ err: { message: 'duplicate key', code: '23505' } });
  });

  it('keeps codes and times that only look like personal data', () => {
    const line = logged((log) => log.info({ school: '3142032301', region: '420323', at: 1732233600000 }, 'ok'));
    expect(line).toContain('3142032301');
    expect(line).toContain('1732233600000');
  });
});
