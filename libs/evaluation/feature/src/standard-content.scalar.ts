import { jsonLiteral } from '@junheng/service';
import { GraphQLScalarType } from 'graphql';

/** A whole standard as JSON. Whether it is one, the domain says: with the path of each fault. */
export const StandardContent = new GraphQLScalarType<unknown, unknown>({
  name: 'StandardContent',
  description: 'A standard as JSON: indicators, lines, limits, weights, norms and conditions, every number as text.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: jsonLiteral,
});
