/** Work on the same key goes one after the other, in the order it came; work on several keys waits for all of them. */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  run<Result>(keys: readonly string[], work: () => Promise<Result>): Promise<Result> {
    const before = keys.flatMap((key) => this.last.get(key) ?? []);
    const result = before.length === 0 ? work() : Promise.all(before).then(work);
    const done: Promise<void> = result.then(
      () => this.leave(keys, done),
      () => this.leave(keys, done),
    );
    for (const key of keys) this.last.set(key, done);
    return result;
  }

  private leave(keys: readonly string[], mine: Promise<void>): void {
    for (const key of keys) if (this.last.get(key) === mine) this.last.delete(key);
  }
}
