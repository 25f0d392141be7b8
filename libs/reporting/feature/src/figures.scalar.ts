import { GraphQLScalarType } from 'graphql';
import { RuleViolation } from '@junheng/kernel';
import type { Figure } from '@junheng/reporting-contract';
import { jsonLiteral } from '@junheng/service';

const MOST_FIELDS = 500;

/** Figures by field id. What one may be, the form says; here only the shape is looked at. */
export const Figures = new GraphQLScalarType<Record<string, unknown>, unknown>({
  name: 'Figures',
  description:
    'Figures by field id: decimal text such as "1610.32", a list of such text, true or false, or null for "explicitly unknown". Never a JSON number.',
  serialize: (value) => value,
  parseValue: objectOf,
  parseLiteral: (node, variables) => objectOf(jsonLiteral(node, variables)),
});

/** One figure in an answer. */
export const FigureValue = new GraphQLScalarType<Figure, unknown>({
  name: 'Figure',
  description: 'Decimal text, a list of such text, true or false, a text, or null for "explicitly unknown".',
  serialize: (value) => value,
  parseValue: (value) => value as Figure,
  parseLiteral: (node, variables) => jsonLiteral(node, variables) as Figure,
});

function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length > MOST_FIELDS) {
    throw new RuleViolation('BAD_USER_INPUT', `Figures are an object of at most ${MOST_FIELDS} fields.`, {
      where: 'figures',
      remedy: 'Send them as {"books": "5400", "p_class_sizes": ["44", "45"], "lab_standard": true}.',
    });
  }
  return value as Record<string, unknown>;
}
