import { createHash } from 'node:crypto';
import { DataSource, type EntityMetadata, Table } from 'typeorm';
import { ConnectionMetadataBuilder } from 'typeorm/connection/ConnectionMetadataBuilder.js';
import type { EntityClass, Key, View } from './view.js';
import type { ViewCatalogue } from './view-catalogue.js';

export interface Column {
  readonly name: string;
  readonly type: string;
}

/** A table of a generation, as its TypeORM class describes it. */
export interface ReadTable {
  readonly entity: EntityClass;
  readonly name: string;
  readonly columns: readonly Column[];
  /** Columns of the primary key; `tenant_id` comes first. */
  readonly key: readonly Column[];
  readonly visibleToSchools: boolean;
  /** The view that folds it; a derived table has none. */
  readonly view?: View;
}

export type Row = Record<string, unknown>;

/** Everything a generation holds, and the hash that tells whether the code still means the same. */
export interface ReadModel {
  readonly catalogue: ViewCatalogue;
  readonly tables: readonly ReadTable[];
  readonly createStatements: readonly string[];
  readonly fingerprint: string;
}

// What these columns hold changes on its way through the database, so a fold would depend on how events are batched.
const UNSTABLE = /^(character\(|real|simple-|enum|time|interval|bytea|json$)/;

/** Reads the tables out of the catalogue's entity classes; connects to nothing. */
export async function readModelOf(catalogue: ViewCatalogue): Promise<ReadModel> {
  const source = new DataSource({ type: 'postgres' });
  const metadatas = await new ConnectionMetadataBuilder(source).buildEntityMetadatas([...catalogue.entities]);
  const runner = source.driver.createQueryRunner('master');
  runner.enableSqlMemory();
  for (const metadata of metadatas) await runner.createTable(Table.create(metadata, source.driver), false, true, true);
  const createStatements = runner.getMemorySql().upQueries.map(({ query }) => query);

  const tables = metadatas.map((metadata) => readTable(metadata, source, catalogue));
  const kept = [...catalogue.views, ...catalogue.derivations].map((one) => [one.name, one.version]);
  const meaning = JSON.stringify([kept, createStatements, tables.map((table) => table.visibleToSchools)]);
  return { catalogue, tables, createStatements, fingerprint: createHash('sha256').update(meaning).digest('hex') };
}

function readTable(metadata: EntityMetadata, { driver }: DataSource, catalogue: ViewCatalogue): ReadTable {
  const entity = metadata.target as EntityClass;
  const name = metadata.tableName;
  const columns = Table.create(metadata, driver).columns.map((column) => ({
    name: column.name,
    type: driver.createFullType(column),
  }));
  for (const column of metadata.columns) {
    const type = columns.find((one) => one.name === column.databaseName)?.type ?? '';
    if (column.propertyName !== column.databaseName || column.transformer || UNSTABLE.test(type))
      throw new Error(`${name}.${column.databaseName}: name the property as the column, and keep times as text.`);
  }
  const key = metadata.primaryColumns.map(({ databaseName }) => databaseName);
  const indexed = metadata.indices.map((index) => index.columns[0]?.databaseName);
  if ([key[0], ...indexed].some((first) => first !== 'tenant_id'))
    throw new Error(`${name}: tenant_id comes first in its primary key and in every index.`);

  const view = catalogue.views.find((one) => one.entity === entity);
  const derivation = catalogue.derivations.find((one) => one.tables.includes(entity));
  return {
    entity,
    name,
    columns,
    key: key.map((column) => columns.find((one) => one.name === column) as Column),
    visibleToSchools: (view ?? derivation)?.visibleToSchools ?? false,
    ...(view && { view }),
  };
}

/** Tells the rows of a table apart inside one process. */
export function rowId(table: ReadTable, key: Key): string {
  return JSON.stringify(table.key.map(({ name }) => key[name]));
}

/** Every column present and unknown ones null, so that a row in memory is the row that comes back from the database. */
export function wholeRow(table: ReadTable, row: Key): Row {
  const whole: Row = {};
  for (const { name } of table.columns) whole[name] = row[name] ?? null;
  return whole;
}

export function tableOf(model: ReadModel, entity: EntityClass): ReadTable {
  const table = model.tables.find((one) => one.entity === entity);
  if (!table) throw new Error(`${entity.name} is no read table of this catalogue.`);
  return table;
}
