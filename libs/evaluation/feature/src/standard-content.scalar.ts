import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';

/** A whole standard as JSON. Whether it is one, the domain says: with the path of each fault. */
export const StandardContent = new GraphQLScalarType<unknown, unknown>({
  name: 'StandardContent',
  description: 'A standard as JSON: indicators, lines, limits, weights, norms and conditions, every number as text.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueOf(node, variables ?? {}),
});

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
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, valueOf(value, variables)]));
    case Kind.VARIABLE:
      return variables[node.name.value];
  }
}
