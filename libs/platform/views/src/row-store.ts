import pg, { type ClientBase } from 'pg';
import { type Column, type ReadTable, type Row } from './read-table.js';
import type { Key } from './view.js';

const ROWS_A_STATEMENT = 1000;
const CURSOR_PAGE = 500;
const ORDINAL = 'asked_as';

const DATE = 1082;
const BIGINT = 20;
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === DATE) return (text: string) => text;
    if (oid === BIGINT) return Number;
    return pg.types.getTypeParser(oid, format) as (value: string) => unknown;
  },
};

/** The rows of one tenant in one generation, through the transaction of the client. */
export class RowStore {
  /** Tables share documents, too. */
  readonly #texts = new WeakMap<object, string>();

  constructor(
    readonly client: ClientBase,
    readonly schema: string,
    readonly tenant: string,
  ) {}

  async byKeys(table: ReadTable, keys: readonly Key[]): Promise<Row[]> {
    const match = table.key.map(({ name }) => `t.${quote(name)} = k.${quote(name)}`).join(' AND ');
    const found: Row[] = [];
    for (const some of chunks(keys)) {
      const text = `SELECT ${list(table.columns, 't.')} FROM ${this.#name(table)} t JOIN ${recordset(table.key, 'k')} ON ${match}
                    WHERE t.tenant_id = $2`;
      found.push(...(await this.#query(text, [JSON.stringify(some), this.tenant])));
    }
    return found;
  }

  /** For each set of column values the rows that have them, in the order of their key; all sets name the same columns. */
  async where(table: ReadTable, wheres: readonly Key[], columns: readonly string[]): Promise<Row[][]> {
    const [first = {}] = wheres;
    const tested = table.columns.filter(({ name }) => name in first);
    const tests = tested.map(({ name }) =>
      first[name] === null ? `t.${quote(name)} IS NULL` : `t.${quote(name)} = k.${quote(name)}`,
    );
    const text = `SELECT k.${ORDINAL} AS ${ORDINAL}, ${columns.map((name) => `t.${quote(name)}`).join(', ')}
                  FROM ${this.#name(table)} t, ${recordset([{ name: ORDINAL, type: 'int' }, ...tested], 'k')}
                  WHERE ${['t.tenant_id = $2', ...tests].join(' AND ')} ORDER BY ${list(table.key, 't.')}`;
    const found = wheres.map((): Row[] => []);
    const numbered = wheres.map((where, index) => ({ ...where, [ORDINAL]: index }));
    for (const { [ORDINAL]: index, ...row } of await this.#query(text, [JSON.stringify(numbered), this.tenant]))
      found[index as number]?.push(row);
    return found;
  }

  /** All rows of the tenant, a page at a time. */
  async *all(table: ReadTable): AsyncGenerator<readonly Row[]> {
    const { client, tenant } = this;
    const select = `SELECT ${list(table.columns)} FROM ${this.#name(table)} WHERE tenant_id = ${client.escapeLiteral(tenant)}`;
    await client.query(`DECLARE view_rows CURSOR FOR ${select}`);
    for (;;) {
      const page = await this.#query(`FETCH ${CURSOR_PAGE} FROM view_rows`, []);
      if (page.length === 0) break;
      yield page;
    }
    await client.query('CLOSE view_rows');
  }

  async upsert(table: ReadTable, rows: readonly Row[]): Promise<void> {
    const others = table.columns.filter((column) => !table.key.includes(column));
    const changes = others.map(({ name }) => `${quote(name)} = excluded.${quote(name)}`).join(', ');
    const nested = table.columns.filter(({ type }) => type === 'jsonb');
    const given = table.columns.map(({ name, type }) => ({ name, type: type === 'jsonb' ? 'int' : type }));
    const values = table.columns.map(({ name, type }) =>
      type === 'jsonb' ? `${quote(`d.${name}`)}.body` : `r.${quote(name)}`,
    );
    const joins = nested.map(
      ({ name }) => `LEFT JOIN d AS ${quote(`d.${name}`)} ON ${quote(`d.${name}`)}.n = r.${quote(name)}`,
    );
    // PostgreSQL reads each document once, whatever number of columns and rows share it: that halves what wide rows cost.
    const text = `WITH d AS MATERIALIZED (
                    SELECT n, line::jsonb AS body FROM string_to_table($2, E'\n') WITH ORDINALITY AS l(line, n))
                  INSERT INTO ${this.#name(table)} (${list(table.columns)}) SELECT ${values.join(', ')}
                  FROM ${recordset(given, 'r')} ${joins.join(' ')}
                  ON CONFLICT (${list(table.key)}) DO ${changes === '' ? 'NOTHING' : `UPDATE SET ${changes}`}`;
    for (const some of chunks(rows)) {
      const documents = new Documents(this.#texts);
      const plain = some.map((row) => {
        const numbered = { ...row };
        for (const { name } of nested) numbered[name] = documents.number(row[name]);
        return numbered;
      });
      await this.#query(text, [JSON.stringify(plain), documents.lines()]);
    }
  }

  async delete(table: ReadTable, keys: readonly Key[]): Promise<void> {
    const match = table.key.map(({ name }) => `t.${quote(name)} = k.${quote(name)}`).join(' AND ');
    const text = `DELETE FROM ${this.#name(table)} t USING ${recordset(table.key, 'k')} WHERE t.tenant_id = $2 AND ${match}`;
    for (const some of chunks(keys)) await this.#query(text, [JSON.stringify(some), this.tenant]);
  }

  async clear(table: ReadTable): Promise<void> {
    await this.client.query(`DELETE FROM ${this.#name(table)} WHERE tenant_id = $1`, [this.tenant]);
  }

  async #query(text: string, values: readonly unknown[]): Promise<Row[]> {
    return (await this.client.query<Row>({ text, values: [...values], types })).rows;
  }

  #name(table: ReadTable): string {
    return `${this.schema}.${quote(table.name)}`;
  }
}

const quote = (name: string) => pg.escapeIdentifier(name);

const list = (columns: readonly Column[], prefix = '') => columns.map(({ name }) => prefix + quote(name)).join(', ');

function recordset(columns: readonly Column[], alias: string): string {
  return `json_to_recordset($1::json) AS ${alias}(${typed(columns)})`;
}

const typed = (columns: readonly Column[]) =>
  columns.map(({ name, type }) => `${quote(name)} ${type.replace(/ array$/, '[]')}`).join(', ');

/** The documents of a statement, each once: what was saved is what is submitted and then approved. */
class Documents {
  readonly #numbers = new Map<unknown, number>();

  constructor(readonly texts: WeakMap<object, string>) {}

  number(document: unknown): number | null {
    if (document === null) return null;
    const known = this.#numbers.get(document);
    if (known !== undefined) return known;
    this.#numbers.set(document, this.#numbers.size + 1);
    return this.#numbers.size;
  }

  lines(): string {
    return [...this.#numbers.keys()].map((document) => this.#text(document)).join('\n');
  }

  #text(document: unknown): string {
    if (typeof document !== 'object' || document === null) return JSON.stringify(document);
    const text = this.texts.get(document) ?? JSON.stringify(document);
    this.texts.set(document, text);
    return text;
  }
}

function* chunks<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += ROWS_A_STATEMENT)
    yield items.slice(start, start + ROWS_A_STATEMENT);
}
