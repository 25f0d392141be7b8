/** What the store tells about its work; metrics plug in here. */
export interface StoreObserver {
  /** One group commit: how many appends it carried, how long it took, how many still waited when it left. */
  appended?(group: { readonly size: number; readonly milliseconds: number; readonly waiting: number }): void;
  loaded?(group: { readonly size: number; readonly milliseconds: number }): void;
  /** A version conflict that the store retries by itself. */
  conflicted?(category: string): void;
}
