/** Reads `data` of an old type version as the next one. */
export type Upcast = (data: Record<string, unknown>) => Record<string, unknown>;

/** By event type, then by the type version that the upcast reads. */
export type Upcasts = Readonly<Record<string, Readonly<Record<number, Upcast>>>>;
