import pg, { type ClientBase } from 'pg';
import { type Column, type ReadTable, type Row } from './read-table.js';
import type { Key } from './view.js';

const ROWS_A_STATEMENT = 1000;
const CURSOR_PAGE = 500;

const DATE = 1082;
const BIGINT = 20;
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === DATE) return (text: string) => text;
    if (oid === BIGINT) return Number;
    return pg.types.getTypeParser(oid, format);
  },
};

/** The rows of one tenant in one generation, through the transaction of the client. */
export class RowStore {
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

  /** Rows with these column values, in the order of their key. */
  where(table: ReadTable, where: Key): Promise<Row[]> {
    const columns = Object.keys(where);
    const unknown = columns.find((column) => !table.columns.some(({ name }) => name === column));
    if (unknown !== undefined) throw new Error(`${table.name} has no column ${unknown}.`);
    const tests = columns.map((column, index) => `AND ${quote(column)} IS NOT DISTINCT FROM $${index + 2}`);
    const text = `SELECT ${list(table.columns)} FROM ${this.#name(table)} WHERE tenant_id = $1 ${tests.join(' ')}
                  ORDER BY ${list(table.key)}`;
    return this.#query(text, [this.tenant, ...columns.map((column) => where[column])]);
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
    const text = `INSERT INTO ${this.#name(table)} (${list(table.columns)})
                  SELECT ${list(table.columns)} FROM ${recordset(table.columns, 'r')}
                  ON CONFLICT (${list(table.key)}) DO ${changes === '' ? 'NOTHING' : `UPDATE SET ${changes}`}`;
    for (const some of chunks(rows)) await this.#query(text, [JSON.stringify(some)]);
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
  const typed = columns.map(({ name, type }) => `${quote(name)} ${type.replace(/ array$/, '[]')}`);
  return `json_to_recordset($1::json) AS ${alias}(${typed.join(', ')})`;
}

function* chunks<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += ROWS_A_STATEMENT)
    yield items.slice(start, start + ROWS_A_STATEMENT);
}
