import { GraphQLScalarType, Kind } from 'graphql';
import { RuleViolation } from '@junheng/kernel';

const DECIMAL = /^(-?)0*(\d+)(?:\.(?=\d)(\d*?)0*)?$/;

/** An exact figure as text; `@Field(() => Decimal) area!: string`. A float has lost digits before we see it. */
export const Decimal = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description: 'A decimal number as text, such as "1610.32": no exponent, no sign +, no trailing zeros.',
  serialize: canonical,
  parseValue: canonical,
  parseLiteral(node) {
    if (node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT) return canonical(node.value);
    throw notDecimal(node.kind);
  },
});

function canonical(value: unknown): string {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  const match = typeof text === 'string' && text.length <= 64 ? DECIMAL.exec(text) : null;
  if (!match) throw notDecimal(value);
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = fraction === '' ? whole : `${whole}.${fraction}`;
  return digits === '0' ? '0' : `${sign}${digits}`;
}

const notDecimal = (value: unknown) =>
  new RuleViolation(
    'BAD_USER_INPUT',
    `${JSON.stringify(value ?? null).slice(0, 40)} is not a decimal number written as text.`,
  );
