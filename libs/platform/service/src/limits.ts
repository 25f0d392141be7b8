import {
  type ASTNode,
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { PAGE_LIMIT } from './page.js';

export interface GraphqlLimits {
  readonly documentBytes: number;
  readonly tokens: number;
  readonly depth: number;
  readonly rootFields: number;
  readonly aliases: number;
  /** Fields, each counted as often as the pages around it may repeat it. */
  readonly cost: number;
}

export const LIMITS: GraphqlLimits = {
  documentBytes: 20_000,
  tokens: 2_000,
  depth: 10,
  rootFields: 20,
  aliases: 30,
  cost: 20_000,
};

interface Size {
  depth: number;
  aliases: number;
  cost: number;
}

/** The same limits for everyone, administrators too, judged on the document before anything runs. */
export function limitRules(limits: GraphqlLimits = LIMITS, introspection = false): ValidationRule[] {
  const rules: ValidationRule[] = [(context) => documentRule(context, limits)];
  return introspection ? rules : [...rules, NoSchemaIntrospectionCustomRule];
}

function documentRule(context: ValidationContext, limits: GraphqlLimits): ASTVisitor {
  const fragments = new Map<string, Size>();
  const refuse = (message: string, node: ASTNode) => context.reportError(new GraphQLError(message, { nodes: node }));

  return {
    // Mercurius keeps a compiled operation under its document's text, so a second one might be taken for the first.
    Document(document) {
      const [, second] = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
      if (second) refuse('One operation a document.', second);
    },
    OperationDefinition(operation) {
      const { depth, aliases, cost } = measure(operation.selectionSet, { fragments, context });
      const roots = rootNames(operation.selectionSet, context);
      if (roots > limits.rootFields) refuse(`At most ${limits.rootFields} root fields, not ${roots}.`, operation);
      if (depth > limits.depth) refuse(`At most ${limits.depth} levels deep, not ${depth}.`, operation);
      if (aliases > limits.aliases) refuse(`At most ${limits.aliases} aliases, not ${aliases}.`, operation);
      if (cost > limits.cost) refuse(`It costs ${cost}, at most ${limits.cost}: ask for smaller pages.`, operation);
    },
    Field(field) {
      const first = literalFirst(field);
      if (first !== undefined && first > PAGE_LIMIT) refuse(`"first" is at most ${PAGE_LIMIT}.`, field);
    },
  };
}

interface Walk {
  readonly fragments: Map<string, Size>;
  readonly context: ValidationContext;
}

function measure({ selections }: SelectionSetNode, walk: Walk): Size {
  const total: Size = { depth: 0, aliases: 0, cost: 0 };
  for (const selection of selections) {
    const size =
      selection.kind === Kind.FIELD
        ? measureField(selection, walk)
        : selection.kind === Kind.INLINE_FRAGMENT
          ? measure(selection.selectionSet, walk)
          : measureFragment(walk.context.getFragment(selection.name.value), walk);
    total.depth = Math.max(total.depth, size.depth);
    total.aliases += size.aliases;
    total.cost += size.cost;
  }
  return total;
}

function measureField(field: FieldNode, walk: Walk): Size {
  const aliases = field.alias ? 1 : 0;
  // The standard introspection query is deep; where it is let in at all, it is let in whole.
  if (!field.selectionSet || field.name.value.startsWith('__')) return { depth: 1, aliases, cost: 1 };
  const below = measure(field.selectionSet, walk);
  const cost = 1 + pageOf(field) * below.cost;
  return { depth: below.depth + 1, aliases: below.aliases + aliases, cost };
}

// Measured once, so that fragments of fragments cannot multiply the work; one that contains itself is refused elsewhere.
function measureFragment(fragment: FragmentDefinitionNode | null | undefined, walk: Walk): Size {
  if (!fragment) return { depth: 0, aliases: 0, cost: 0 };
  const name = fragment.name.value;
  const known = walk.fragments.get(name);
  if (known) return known;
  walk.fragments.set(name, { depth: 0, aliases: 0, cost: 0 });
  const size = measure(fragment.selectionSet, walk);
  walk.fragments.set(name, size);
  return size;
}

/** How many rows a field may bring; a variable may bring the most, as rules are judged once for a document. */
const pageOf = (field: FieldNode): number =>
  field.arguments?.some(({ name }) => name.value === 'first') ? (literalFirst(field) ?? PAGE_LIMIT) : 1;

function literalFirst(field: FieldNode): number | undefined {
  const value = field.arguments?.find(({ name }) => name.value === 'first')?.value;
  return value?.kind === Kind.INT ? Number(value.value) : undefined;
}

function rootNames(set: SelectionSetNode, context: ValidationContext, seen = new Set<string>()): number {
  let count = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) count += 1;
    if (selection.kind === Kind.INLINE_FRAGMENT) count += rootNames(selection.selectionSet, context, seen);
    if (selection.kind !== Kind.FRAGMENT_SPREAD || seen.has(selection.name.value)) continue;
    seen.add(selection.name.value);
    const fragment = context.getFragment(selection.name.value);
    if (fragment) count += rootNames(fragment.selectionSet, context, seen);
  }
  return count;
}
