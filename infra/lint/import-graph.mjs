/**
 * Finds files in an import cycle, files that nobody needs, and imports of another context's domain.
 *
 * Our own, because dependency-cruiser for Node 20 reads TypeScript below 6 only and falls back to a parser
 * that does not see `export type … from`. This one resolves as the compiler does, type imports included.
 */
import { relative, resolve } from 'node:path';
import ts from 'typescript';

const CONTEXT = /^libs\/(register|reporting|evaluation)\//;
const INNER = /^libs\/(register|reporting|evaluation)\/(domain|feature)\//;
const TEST = /\.(spec|[a-z0-9]+-spec|fixture)\.ts$|^test\//;
const SPECIFICATION = /(^|\/)specification\.ts$/;

/** What a package.json, the build or a person starts from. */
const ENTRY = /\/src\/(index|main|schema|solve-published)\.ts$|\.d\.ts$/;

/** What every file imports: `null` stands for an import of ours that resolves to nothing. */
export function readImportGraph(root, configFile = 'tsconfig.base.json') {
  const { config } = ts.readConfigFile(resolve(root, configFile), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const cache = ts.createModuleResolutionCache(root, (name) => name, options);
  const known = new Set(fileNames);
  const graph = new Map();
  for (const file of fileNames) {
    const imports = [];
    for (const name of importedNames(file)) {
      const { resolvedModule } = ts.resolveModuleName(
        name,
        file,
        options,
        ts.sys,
        cache,
        undefined,
        ts.ModuleKind.ESNext,
      );
      if (resolvedModule && known.has(resolvedModule.resolvedFileName)) {
        imports.push({ name, to: relative(root, resolvedModule.resolvedFileName) });
      } else if (!resolvedModule && /^(\.|@junheng\/)/.test(name)) {
        imports.push({ name, to: null });
      }
    }
    graph.set(relative(root, file), imports);
  }
  return graph;
}

function importedNames(file) {
  const source = ts.createSourceFile(file, ts.sys.readFile(file) ?? '', ts.ScriptTarget.ES2023, false);
  const names = [];
  const visit = (node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      names.push(node.moduleSpecifier.text);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      names.push(node.argument.literal.text);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteral(argument)) names.push(argument.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

/** Every broken rule as `{ rule, file, text }`. */
export function findBrokenRules(graph) {
  const found = [];
  const imported = new Set();
  for (const [file, imports] of graph) {
    for (const { name, to } of imports) {
      if (to === null) {
        found.push({ rule: 'no-unresolvable', file, text: `'${name}' resolves to nothing` });
        continue;
      }
      if (to !== file) imported.add(to);
      const context = CONTEXT.exec(file)?.[1];
      if (context && INNER.test(to) && CONTEXT.exec(to)[1] !== context) {
        found.push({ rule: 'no-foreign-domain', file, text: `imports ${to}: read the contract of that context` });
      }
      if ((TEST.test(to) || SPECIFICATION.test(to)) && !TEST.test(file) && !SPECIFICATION.test(file)) {
        found.push({ rule: 'no-test-code', file, text: `imports ${to}: what ships does not import what tests` });
      }
    }
  }
  for (const file of graph.keys()) {
    if (!imported.has(file) && ![ENTRY, TEST, SPECIFICATION].some((kind) => kind.test(file))) {
      found.push({ rule: 'no-orphans', file, text: 'nobody imports it' });
    }
  }
  for (const cycle of cycles(graph)) {
    found.push({ rule: 'no-circular', file: cycle[0], text: `is in a cycle: ${[...cycle, cycle[0]].join(' → ')}` });
  }
  return found;
}

/** One shortest cycle through the first file of each knot (Tarjan's strongly connected components). */
function cycles(graph) {
  const targets = (file) => (graph.get(file) ?? []).flatMap(({ to }) => (to === null ? [] : [to]));
  const index = new Map();
  const low = new Map();
  const open = [];
  const knots = [];
  const visit = (file) => {
    index.set(file, index.size);
    low.set(file, index.get(file));
    open.push(file);
    for (const to of targets(file)) {
      if (!index.has(to)) visit(to);
      if (open.includes(to)) low.set(file, Math.min(low.get(file), low.get(to)));
    }
    if (low.get(file) === index.get(file)) {
      const knot = open.splice(open.indexOf(file)).sort();
      if (knot.length > 1 || targets(file).includes(file)) knots.push(new Set(knot));
    }
  };
  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return knots.map((knot) => shortest(knot, targets));
}

function shortest(knot, targets) {
  const [start] = knot;
  const paths = [[start]];
  const seen = new Set();
  for (const path of paths) {
    for (const to of targets(path.at(-1))) {
      if (to === start) return path;
      if (knot.has(to) && !seen.has(to)) {
        seen.add(to);
        paths.push([...path, to]);
      }
    }
  }
  return [...knot];
}

if (import.meta.filename === process.argv[1]) {
  const graph = readImportGraph(process.cwd());
  const broken = findBrokenRules(graph);
  for (const { rule, file, text } of broken) console.error(`${file}  ${text}  (${rule})`);
  console.log(`imports: ${graph.size} files, ${broken.length} rules broken`);
  process.exitCode = broken.length > 0 ? 1 : 0;
}
