/**
 * Reads the event unions of each context as JSON Schemas of their `data`, straight from the TypeScript types.
 *
 * Our own, because ts-json-schema-generator needs Node 22 and brings a TypeScript of its own.
 * An exported union whose name ends in `Event` is taken; what does not survive JSON is refused.
 */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';

/** `contexts` maps a context's name to the folders of its libs; events come from each folder's src/index.ts. */
export function readEvents(root, contexts, configFile = 'tsconfig.base.json') {
  const { config } = ts.readConfigFile(resolve(root, configFile), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);
  const entries = Object.values(contexts).flatMap(({ events }) =>
    events.map((lib) => resolve(root, lib, 'src/index.ts')),
  );
  const program = ts.createProgram(entries, { ...options, incremental: false });
  const checker = program.getTypeChecker();

  const events = new Map();
  for (const [context, { events: libs, upcasts }] of Object.entries(contexts)) {
    const versions = readVersions(upcasts.map((lib) => resolve(root, lib, 'src')));
    for (const lib of libs) {
      const source = program.getSourceFile(resolve(root, lib, 'src/index.ts'));
      const module = source && checker.getSymbolAtLocation(source);
      for (const { name, schema } of module ? eventsOf(checker, module) : []) {
        const known = events.get(name);
        if (known && known.context !== context)
          throw new Error(`${name} is an event of ${known.context} and of ${context}.`);
        events.set(name, { context, version: versions.get(name) ?? 1, schema });
      }
    }
    for (const name of versions.keys()) {
      if (!events.has(name)) throw new Error(`${name} has an upcast, but ${context} exports no such event.`);
    }
  }
  return Object.fromEntries([...events].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function* eventsOf(checker, module) {
  for (const exported of checker.getExportsOfModule(module)) {
    if (!exported.name.endsWith('Event')) continue;
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (!(symbol.flags & (ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Interface))) continue;
    const union = checker.getDeclaredTypeOfSymbol(symbol);
    for (const member of union.isUnion() ? union.types : [union]) {
      const type = member.getProperty('type');
      const literal = type && checker.getTypeOfSymbol(type);
      if (!literal?.isStringLiteral()) continue;
      const declared = member.aliasSymbol ?? member.symbol;
      if (!declared.name.startsWith('__') && declared !== symbol && declared.name !== literal.value) {
        throw new Error(
          `${exported.name}: the event '${literal.value}' is declared as ${declared.name}; name both alike.`,
        );
      }
      yield { name: literal.value, schema: new SchemaWriter(checker, literal.value).write(member, declared) };
    }
  }
}

/** An event's version is one more than its upcasts: each `*.upcast.ts` holds `{ Event: { 1: (old) => next } }`. */
function readVersions(folders) {
  const versions = new Map();
  for (const folder of folders.filter((path) => ts.sys.directoryExists(path))) {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.upcast.ts'))) {
      const path = resolve(folder, file);
      const source = ts.createSourceFile(path, ts.sys.readFile(path), ts.ScriptTarget.ES2023, true);
      for (const event of source.statements.filter(ts.isVariableStatement).flatMap(literalsOf)) {
        const from = event.initializer.properties.map((upcast) => Number(upcast.name.text));
        if (from.some((version, at) => version !== at + 1))
          throw new Error(`${file}: upcasts of ${event.name.text} have a hole.`);
        versions.set(event.name.text, from.length + 1);
      }
    }
  }
  return versions;
}

function literalsOf({ declarationList }) {
  return declarationList.declarations.flatMap(({ initializer }) => {
    const literal = initializer && ts.skipOuterExpressions(initializer);
    return literal && ts.isObjectLiteralExpression(literal)
      ? literal.properties.filter(({ initializer: value }) => value && ts.isObjectLiteralExpression(value))
      : [];
  });
}

class SchemaWriter {
  #open = new Set();
  #names = new Map();
  #definitions = {};

  constructor(checker, event) {
    this.checker = checker;
    this.event = event;
  }

  write(type, declared) {
    const description = ts.displayPartsToString(declared.getDocumentationComment(this.checker));
    const schema = this.#object(type, this.event, ['type']);
    return {
      ...(description && { description }),
      ...schema,
      ...(Object.keys(this.#definitions).length > 0 && { $defs: this.#definitions }),
    };
  }

  #schema(type, path, optional = false) {
    const { flags } = type;
    if (flags & ts.TypeFlags.Unknown) return {};
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (flags & ts.TypeFlags.BooleanLiteral) return { const: this.checker.typeToString(type) === 'true' };
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) return { type: 'string' };
    if (flags & ts.TypeFlags.Number) return { type: 'number' };
    if (flags & ts.TypeFlags.Boolean) return { type: 'boolean' };
    if (type.isUnion()) return this.#once(type, path, () => this.#union(type, path, optional));
    if (type.isIntersection()) {
      const plain = type.types.find((part) => part.flags & (ts.TypeFlags.String | ts.TypeFlags.Number));
      if (plain) return this.#schema(plain, path);
    }
    if (this.checker.isTupleType(type)) {
      const items = this.checker.getTypeArguments(type).map((item, at) => this.#schema(item, `${path}[${at}]`));
      return { type: 'array', prefixItems: items, minItems: items.length, maxItems: items.length };
    }
    if (this.checker.isArrayType(type)) {
      return { type: 'array', items: this.#schema(this.checker.getTypeArguments(type)[0], `${path}[]`) };
    }
    if (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) {
      return this.#once(type, path, () => this.#object(type, path));
    }
    throw this.#notJson(type, path);
  }

  /** A type that holds itself becomes a definition; every other type is written where it is used. */
  #once(type, path, write) {
    if (this.#open.has(type) || this.#names.has(type)) return { $ref: `#/$defs/${this.#nameOf(type)}` };
    this.#open.add(type);
    const schema = write();
    this.#open.delete(type);
    if (!this.#names.has(type)) return schema;
    this.#definitions[this.#nameOf(type)] = schema;
    return { $ref: `#/$defs/${this.#nameOf(type)}` };
  }

  #nameOf(type) {
    if (!this.#names.has(type)) {
      const name = type.aliasSymbol?.name ?? type.symbol?.name ?? '__type';
      const taken = [...this.#names.values()].includes(name);
      this.#names.set(type, taken || name.startsWith('__') ? `Part${this.#names.size + 1}` : name);
    }
    return this.#names.get(type);
  }

  #union(type, path, optional) {
    const defined = optional ? type.types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined)) : type.types;
    const parts = defined.map((part) => this.#schema(part, path));
    const constants = parts.filter((part) => 'const' in part).map((part) => part.const);
    const rest = parts.filter((part) => !('const' in part));
    const both = constants.includes(true) && constants.includes(false);
    const values = both ? constants.filter((value) => typeof value !== 'boolean') : constants;
    if (both) rest.push({ type: 'boolean' });
    if (values.length > 0) rest.push(values.length === 1 ? { const: values[0] } : { enum: values.sort() });
    // The compiler orders a union by when it met its parts, which depends on unrelated files.
    rest.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    return rest.length === 1 ? rest[0] : { anyOf: rest };
  }

  #object(type, path, without = []) {
    if (type.getCallSignatures().length > 0 || type.symbol?.name === 'Date') throw this.#notJson(type, path);
    const properties = {};
    const required = [];
    for (const property of this.checker.getPropertiesOfType(type)) {
      if (without.includes(property.name)) continue;
      const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const value = this.checker.getTypeOfSymbol(property);
      properties[property.name] = this.#schema(value, `${path}.${property.name}`, optional);
      if (!optional) required.push(property.name);
    }
    const index = this.checker.getIndexTypeOfType(type, ts.IndexKind.String);
    return {
      type: 'object',
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(required.length > 0 && { required }),
      additionalProperties: index ? this.#schema(index, `${path}.*`) : false,
    };
  }

  #notJson(type, path) {
    return new Error(`${path}: ${this.checker.typeToString(type)} does not survive JSON.`);
  }
}
