/** Reads `data` of an old type version as the next one. */
export type Upcast = (data: Record<string, unknown>) => Record<string, unknown>;

/** By event type, then by the type version that the upcast reads. */
export type Upcasts = Readonly<Record<string, Readonly<Record<number, Upcast>>>>;

export interface VersionedData {
  readonly typeVersion: number;
  readonly data: Record<string, unknown>;
}

export function upcast(upcasts: Upcasts, type: string, stored: VersionedData): VersionedData {
  let { typeVersion, data } = stored;
  for (let next = upcasts[type]?.[typeVersion]; next; next = upcasts[type]?.[typeVersion]) {
    data = next(data);
    typeVersion += 1;
  }
  return { typeVersion, data };
}

/** The version in which a type is written today: one past its last upcast. */
export function newestVersion(upcasts: Upcasts, type: string): number {
  return 1 + Math.max(0, ...Object.keys(upcasts[type] ?? {}).map(Number));
}
