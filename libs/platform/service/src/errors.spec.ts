import { describe, expect, it } from '@jest/globals';
import { RuleViolation } from '@junheng/kernel';
import { GraphQLError } from 'graphql';
import { mapError } from './errors.js';

const thrown = (originalError: Error) => new GraphQLError(originalError.message, { originalError, path: ['county'] });

describe('An error that leaves us', () => {
  it('of a rule keeps its code, its words and its details', () => {
    const refusal = new RuleViolation('RETURN_NOT_OPEN', 'The return is approved.', {
      lockedBy: 'approval',
      remedy: 'Ask for reopening.',
    });
    expect(mapError(thrown(refusal), 'c-1')).toEqual({
      message: 'The return is approved.',
      extensions: {
        code: 'RETURN_NOT_OPEN',
        correlationId: 'c-1',
        lockedBy: 'approval',
        remedy: 'Ask for reopening.',
      },
      level: 'info',
    });
  });

  it('of a rule cannot change its own code through its details', () => {
    const sly = new RuleViolation('FORBIDDEN', 'No.', { code: 'OK', correlationId: 'x' });
    expect(mapError(sly, 'c-1').extensions).toEqual({ code: 'FORBIDDEN', correlationId: 'c-1' });
  });

  it('of ours tells nothing but where to ask', () => {
    const leak = new Error('relation "county_indicator" does not exist');
    const { message, extensions, level } = mapError(thrown(leak), 'c-1');
    expect(message).toBe('Something went wrong on our side. Quote c-1 when you report it.');
    expect(extensions).toEqual({ code: 'INTERNAL', correlationId: 'c-1' });
    expect(level).toBe('error');
  });

  it('of the database never names a table', () => {
    const violation = Object.assign(new Error('duplicate key value violates unique constraint "event_pkey"'), {
      code: '23505',
      table: 'event',
    });
    expect(JSON.stringify(mapError(thrown(violation), 'c-1'))).not.toMatch('event');
  });

  it('of text that PostgreSQL cannot hold is the client’s fault', () => {
    const nul = Object.assign(new Error('invalid byte sequence for encoding "UTF8": 0x00'), { code: '22021' });
    const { message, extensions, level } = mapError(thrown(nul), 'c-1');
    expect({ code: extensions.code, level }).toEqual({ code: 'BAD_USER_INPUT', level: 'none' });
    expect(message).not.toContain('encoding');
  });

  it('of a statement that took too long says so', () => {
    const timeout = Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' });
    expect(mapError(thrown(timeout), 'c-1').extensions.code).toBe('TIMEOUT');
  });

  it('in the document says what is wrong, without a look into the schema', () => {
    const fault = new GraphQLError(
      'Cannot query field "countys" on type "Query". Did you mean "county" or "counties"?',
    );
    expect(mapError(fault, 'c-1')).toMatchObject({
      message: 'Cannot query field "countys" on type "Query".',
      extensions: { code: 'BAD_USER_INPUT' },
      level: 'none',
    });
  });

  it.each([undefined, null, 'text', 42, {}])('thrown as %j is ours', (oddity) => {
    expect(mapError(oddity, 'c-1').extensions.code).toBe('INTERNAL');
  });
});
