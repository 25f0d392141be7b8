import {
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { documentOf } from './client.fixture.js';

/** What the arguments of a made-up request name. */
export interface Place {
  readonly region: string;
  readonly county: string;
  readonly school: string;
}

const COMMAND_ID = '00000000-0000-4000-8000-000000000000';

/** The smallest request of an operation that the schema accepts, about a given place. */
export function dummyRequest(
  operation: 'query' | 'mutation' | 'subscription',
  field: GraphQLField<unknown, unknown>,
  place: Place,
): { readonly query: string; readonly variables: Record<string, unknown> } {
  const required = field.args.filter(({ type }) => isNonNullType(type));
  const given = required.map(({ name }) => name);
  return {
    query: documentOf(operation, field.name, field.args, given, selection(field.type)),
    variables: Object.fromEntries(required.map(({ name, type }) => [name, dummy(type, name, place)])),
  };
}

function dummy(type: GraphQLInputType, name: string, place: Place): unknown {
  if (isNonNullType(type)) return dummy(type.ofType, name, place);
  if (isListType(type)) return [dummy(type.ofType, name, place)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return Object.fromEntries(required.map((field) => [field.name, dummy(field.type, field.name, place)]));
  }
  switch (type.name) {
    case 'Int':
      return 2013;
    case 'Boolean':
      return true;
    case 'Figures':
    case 'StandardContent':
      return {};
    case 'ID':
      return { ...place, commandId: COMMAND_ID }[name] ?? 'dummy';
    default:
      return '1';
  }
}

function selection(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields());
  const leaf = fields.find((field) => isLeafType(getNamedType(field.type)));
  if (leaf) return `{ ${leaf.name} }`;
  return `{ ${fields[0]!.name} ${selection(fields[0]!.type)} }`;
}
