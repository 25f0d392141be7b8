/**
 * A file name ends in its room, and the room says what the file may know.
 * ESLint replaces a rule's options instead of merging them, so each room is composed here from named bans.
 */
const ban = (selector, message) => ({ selector, message });
const keepOut = (group, message, allowTypeImports = false) => ({ group, message, allowTypeImports });

const environment = [
  ban(
    "MemberExpression[object.name='process'][property.name='env']",
    'Only *.config.ts reads the environment: pass the value in.',
  ),
  ban(
    "ImportDeclaration[source.value=/^(node:)?process$/] ImportSpecifier[imported.name='env']",
    'Only *.config.ts reads the environment: pass the value in.',
  ),
];
const everywhere = [
  ban(
    'ExportAllDeclaration[source.value=/^@junheng/]',
    'Do not hand on another library’s exports: import it where it is used.',
  ),
  ban('TSEnumDeclaration', 'Use a union of string literals.'),
  ban(
    "MethodDefinition[kind='constructor'] > FunctionExpression[params.length>5]",
    'More than five constructor parameters: this class does too much.',
  ),
];
const impure = [
  ban(':function[async=true]', 'A rule is synchronous: look things up before and put them in the command.'),
  ban('AwaitExpression', 'A rule is synchronous: look things up before and put them in the command.'),
  ban("CallExpression[callee.object.name='Date'][callee.property.name='now']", 'Time rides in the command.'),
  ban("NewExpression[callee.name='Date'][arguments.length=0]", 'Time rides in the command.'),
  ban("CallExpression[callee.object.name='Math'][callee.property.name='random']", 'Chance rides in the command.'),
  ban("MemberExpression[object.name='crypto']", 'Ids ride in the command.'),
];
const verdicts = [
  ban('IfStatement', 'A resolver turns arguments into a command or a query: the rule belongs in the decider.'),
  ban('SwitchStatement', 'A resolver turns arguments into a command or a query: the rule belongs in the decider.'),
];

const globalDatabase = {
  name: 'typeorm',
  importNames: ['getManager', 'getRepository', 'getConnection', 'DataSource'],
  message: 'One way into the database: TenantTransaction.',
};
const nestDatabase = keepOut(['@nestjs/typeorm'], 'One way into the database: TenantTransaction.');
const frameworks = keepOut(
  ['@nestjs/*', 'typeorm', 'pg', 'rxjs', 'fastify', 'graphql', 'mercurius'],
  'A domain knows no framework.',
);
const machine = keepOut(['node:*'], 'A domain knows no machine: look it up before and pass it in.');
const storage = keepOut(['typeorm', 'pg'], 'No storage in this room.');
const contextDomain = keepOut(['@junheng/*-domain'], 'Ask the bus: deciders are called by the store alone.', true);
const eventStore = keepOut(['@junheng/event-store'], 'A query reads views, never the ledger.', true);

/** The two rules that every room sets, with what this room adds to what holds everywhere. */
function room({ syntax = [], imports = [], database = [globalDatabase] }) {
  return {
    'no-restricted-syntax': ['error', ...everywhere, ...syntax],
    '@typescript-eslint/no-restricted-imports': ['error', { paths: database, patterns: [nestDatabase, ...imports] }],
  };
}

const lines = (max) => ({ 'max-lines': ['error', { max, skipBlankLines: true, skipComments: true }] });
const TESTS = ['**/*.spec.ts', '**/*-spec.ts', '**/*.fixture.ts', '**/specification.ts', 'test/**/*.ts'];
const PURE = ['libs/kernel/src/**/*.ts', 'libs/**/{domain,contract}/src/**/*.ts', '**/*.{decider,formula}.ts'];

export const rooms = [
  { files: ['**/*.ts'], rules: { ...room({ syntax: environment }), ...lines(300) } },
  {
    files: ['libs/platform/**/*.ts', 'infra/**/*.ts', 'apps/cli/**/*.ts'],
    rules: room({ syntax: environment, database: [] }),
  },
  { files: PURE, rules: room({ syntax: [...environment, ...impure], imports: [frameworks, machine] }) },
  {
    files: ['**/*.handler.ts'],
    rules: { ...room({ syntax: environment, imports: [storage] }), ...lines(200) },
  },
  { files: ['**/*.process.ts'], rules: { ...room({ syntax: environment, imports: [storage] }), ...lines(200) } },
  { files: ['**/*.query.ts'], rules: { ...room({ syntax: environment, imports: [eventStore] }), ...lines(200) } },
  { files: ['**/*.projection.ts'], rules: lines(200) },
  {
    files: ['**/*.resolver.ts'],
    rules: {
      ...room({ syntax: [...environment, ...verdicts], imports: [storage, contextDomain] }),
      ...lines(200),
      'max-statements': ['error', 3],
    },
  },
  { files: ['**/*.module.ts'], rules: lines(100) },
  { files: ['**/*.config.ts'], rules: { ...room({}), ...lines(100) } },
  {
    files: TESTS,
    rules: {
      ...room({ database: [] }),
      'max-lines': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // Rows of a database are read as they come.
      ...Object.fromEntries(
        ['argument', 'assignment', 'call', 'member-access', 'return'].map((use) => [
          `@typescript-eslint/no-unsafe-${use}`,
          'off',
        ]),
      ),
    },
  },
];
