import type { Message } from '@junheng/kernel';
import type { RecordedEvent } from '@junheng/event-store';

/** The TypeORM class of a read table; its properties are named as its columns. */
export type EntityClass<Row extends object = object> = new () => Row;

/** The columns of a primary key, or of a derivation's group, with their values. */
export type Key = Readonly<Record<string, unknown>>;

type DataOf<E extends Message, Type extends E['type']> = Omit<Extract<E, { type: Type }>, 'type'>;

export interface Folding<Row extends object, Data> {
  /** The rows that the event touches, by primary key. */
  keys(event: RecordedEvent<Data>): readonly Partial<Row>[];
  /** The row after the event; `undefined` deletes it, a column left out is null. */
  fold(row: Row | undefined, event: RecordedEvent<Data>, key: Partial<Row>): Partial<Row> | undefined;
}

export interface ViewDefinition<Row extends object, E extends Message> {
  readonly name: string;
  readonly version: number;
  /** Opens a table without `school_code` to callers of one school. */
  readonly visibleToSchools?: boolean;
  readonly on: { readonly [Type in E['type']]?: Folding<Row, DataOf<E, Type>> };
}

/** A read table and the fold that keeps each of its rows. */
export interface View {
  readonly kind: 'view';
  readonly entity: EntityClass;
  readonly name: string;
  readonly version: number;
  readonly visibleToSchools: boolean;
  readonly on: ReadonlyMap<string, Folding<object, object>>;
}

/** Declares a view; `E` is the union of the events that it folds. */
export function view<Row extends object, E extends Message>(
  entity: EntityClass<Row>,
  { visibleToSchools = false, name, version, on }: ViewDefinition<Row, E>,
): View {
  const foldings = Object.entries(on) as [string, Folding<object, object>][];
  return { kind: 'view', entity, name, version, visibleToSchools, on: new Map(foldings) };
}

/** What a derivation may read: rows of this tenant and generation, after the batch, in the order of their key. */
export interface Read {
  find<Row extends object>(entity: EntityClass<Row>, where: Partial<Row>): Promise<Row[]>;
  /** Only these columns; worth it where the others are wide. */
  find<Row extends object, Column extends keyof Row>(
    entity: EntityClass<Row>,
    where: Partial<Row>,
    columns: readonly Column[],
  ): Promise<Pick<Row, Column>[]>;
}

export interface DerivedRows<Row extends object = object> {
  readonly table: EntityClass<Row>;
  readonly rows: readonly Row[];
}

export interface DerivationDefinition<From extends readonly EntityClass[], Group extends object> {
  readonly name: string;
  readonly version: number;
  readonly visibleToSchools?: boolean;
  readonly tables: readonly EntityClass[];
  readonly from: From;
  /** The groups that a changed row makes dirty; one with fewer columns covers all that have more. */
  group(row: InstanceType<From[number]>, table: From[number]): Group | readonly Group[] | undefined;
  /** All rows of the group, a pure function of the rows it reads. */
  compute(group: Group, read: Read): Promise<readonly DerivedRows[]>;
}

/** Tables recomputed by whole groups from other views' rows, in the transaction that changes them. */
export interface Derivation {
  readonly kind: 'derivation';
  readonly name: string;
  readonly version: number;
  readonly visibleToSchools: boolean;
  readonly tables: readonly EntityClass[];
  readonly from: readonly EntityClass[];
  group(row: object, table: EntityClass): Key | readonly Key[] | undefined;
  compute(group: Key, read: Read): Promise<readonly DerivedRows[]>;
}

/** Declares a derivation. */
export function derivation<const From extends readonly EntityClass[], Group extends object>(
  definition: DerivationDefinition<From, Group>,
): Derivation {
  const { visibleToSchools = false, ...rest } = definition;
  return { kind: 'derivation', visibleToSchools, ...rest } as unknown as Derivation;
}
