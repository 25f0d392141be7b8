export interface GroupLaneOptions<Item, Result> {
  /** Groups in flight at once. */
  readonly lanes: number;
  readonly limit: number;
  readonly send: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Two items that share one of these never travel in the same group. */
  readonly alone?: (item: Item) => readonly string[];
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** Sends what has been waiting as one group while the groups before it are still under way. */
export class GroupLane<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private groups = 0;
  private travelling = 0;
  private scheduled = false;

  constructor(private readonly options: GroupLaneOptions<Item, Result>) {}

  get queued(): number {
    return this.waiting.length;
  }

  submit(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.schedule();
    });
  }

  // After the callbacks of this turn: whoever just got an answer may have the next item ready.
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.depart();
    });
  }

  private depart(): void {
    while (this.groups < this.options.lanes && this.waiting.length > 0) {
      void this.travel(this.take());
    }
  }

  // A fair share for each lane, so that one group is prepared here while the database works on another.
  private take(): Waiting<Item, Result>[] {
    const { lanes, limit, alone } = this.options;
    const share = Math.min(limit, Math.ceil((this.waiting.length + this.travelling) / lanes));
    const group: Waiting<Item, Result>[] = [];
    const stay: Waiting<Item, Result>[] = [];
    const taken = new Set<string>();
    let seen = 0;
    for (const waiting of this.waiting) {
      if (group.length === share) break;
      seen += 1;
      const keys = alone?.(waiting.item) ?? [];
      const fits = !keys.some((key) => taken.has(key));
      for (const key of keys) taken.add(key);
      (fits ? group : stay).push(waiting);
    }
    this.waiting = stay.concat(this.waiting.slice(seen));
    return group;
  }

  private async travel(group: readonly Waiting<Item, Result>[]): Promise<void> {
    this.groups += 1;
    this.travelling += group.length;
    try {
      await deliver(group, this.options.send);
    } finally {
      this.groups -= 1;
      this.travelling -= group.length;
      this.schedule();
    }
  }
}

// A group that fails is sent again one by one: only the culprit fails.
async function deliver<Item, Result>(
  group: readonly Waiting<Item, Result>[],
  send: (items: readonly Item[]) => Promise<readonly Result[]>,
): Promise<void> {
  try {
    const results = await send(group.map(({ item }) => item));
    group.forEach(({ resolve }, index) => resolve(results[index] as Result));
  } catch (error) {
    const [first] = group;
    if (group.length > 1) for (const waiting of group) await deliver([waiting], send);
    else first?.reject(error);
  }
}
