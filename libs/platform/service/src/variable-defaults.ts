import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  typeFromAST,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/**
 * The variables with what their declarations and input types fill in. graphql-js does so itself, but the compiled
 * document refuses a non-null variable or input field that was left out, whatever its default.
 */
export function withDefaults(schema: GraphQLSchema, document: DocumentNode, variables: Variables): Variables {
  const filled: Record<string, unknown> = { ...variables };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const { variable, type, defaultValue } of definition.variableDefinitions ?? []) {
      const name = variable.name.value;
      const inputType = typeFromAST(schema, type as never) as GraphQLInputType | undefined;
      const given = filled[name] === undefined ? literal(defaultValue) : filled[name];
      if (inputType && given !== undefined) filled[name] = completed(inputType, given);
    }
  }
  return filled;
}

function completed(type: GraphQLInputType, given: unknown): unknown {
  if (given === null) return given;
  if (isNonNullType(type)) return completed(type.ofType, given);
  if (isListType(type))
    return Array.isArray(given) ? given.map((item) => completed(type.ofType, item)) : completed(type.ofType, given);
  if (!isInputObjectType(type) || typeof given !== 'object') return given;
  const filled: Record<string, unknown> = { ...given };
  for (const field of Object.values(type.getFields())) {
    const value = filled[field.name] === undefined ? field.defaultValue : filled[field.name];
    if (value !== undefined) filled[field.name] = completed(field.type, value);
  }
  return filled;
}

const literal = (node: ValueNode | undefined): unknown => (node === undefined ? undefined : valueFromASTUntyped(node));
