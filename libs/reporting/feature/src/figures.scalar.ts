import { GraphQLScalarType, Kind, type ObjectValueNode, type ValueNode } from 'graphql';
import { RuleViolation } from '@junheng/kernel';
import type { Figure } from '@junheng/reporting-contract';

const MOST_FIELDS = 500;

/** Figures by field id. What one may be, the form says; here only the shape is looked at. */
export const Figures = new GraphQLScalarType<Record<string, unknown>, unknown>({
  name: 'Figures',
  description:
    'Figures by field id: decimal text such as "1610.32", a list of such text, true or false, or null for "explicitly unknown". Never a JSON number.',
  serialize: (value) => value,
  parseValue: objectOf,
  parseLiteral: (node, variables) => objectOf(node.kind === Kind.OBJECT ? literal(node, variables ?? {}) : undefined),
});

/** One figure in an answer. */
export const FigureValue = new GraphQLScalarType<Figure, unknown>({
  name: 'Figure',
  description: 'Decimal text, a list of such text, true or false, a text, or null for "explicitly unknown".',
  serialize: (value) => value,
  parseValue: (value) => value as Figure,
  parseLiteral: (node, variables) => valueOf(node, variables ?? {}) as Figure,
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

function literal({ fields }: ObjectValueNode, variables: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(fields.map(({ name, value }) => [name.value, valueOf(value, variables)]));
}

// A number literal stays a number, so that it is refused in a document as it is in variables.
function valueOf(node: ValueNode, variables: Record<string, unknown>): unknown {
  switch (node.kind) {
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.NULL:
      return null;
    case Kind.LIST:
      return node.values.map((each) => valueOf(each, variables));
    case Kind.OBJECT:
      return literal(node, variables);
    case Kind.VARIABLE:
      return variables[node.name.value];
  }
}
