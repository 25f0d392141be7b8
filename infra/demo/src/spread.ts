/** Weighted mean and coefficient of variation of totals over pupils, as a float: the solver's compass, never a result. */
export function measure(totals: readonly number[], pupils: readonly number[]): { mean: number; cv: number } {
  let all = 0;
  let total = 0;
  let squares = 0;
  pupils.forEach((count, i) => {
    const amount = totals[i] ?? 0;
    all += count;
    total += amount;
    squares += (amount * amount) / count;
  });
  const mean = total / all;
  return { mean, cv: Math.sqrt(Math.max(squares / all - mean * mean, 0)) / mean };
}

export interface Target {
  readonly mean: number;
  readonly cv: number;
  /** How far off the mean and the coefficient may end. */
  readonly meanWithin: number;
  readonly cvWithin: number;
}

/** What one unit of a whole-number total is worth, and between what a school's total must stay. */
export interface Grain {
  readonly unit: number;
  readonly least: readonly number[];
  readonly most: readonly number[];
}

/**
 * Totals in whole grains whose mean and coefficient meet the target: values `floor + (mean - floor) · shape^e` with the
 * exponent that gives the coefficient, cut to grains of the right sum, then moved grain by grain until both are met.
 */
export function spread(
  pupils: readonly number[],
  shape: readonly number[],
  target: Target,
  grain: Grain,
  random: () => number,
): number[] | undefined {
  const { floor, ceiling } = { floor: 0.12 * target.mean, ceiling: 12 };
  const totals = (exponent: number) => {
    const lifted = shape.map((value) => value ** exponent);
    const scale =
      (target.mean - floor) /
      measure(
        lifted.map((value, i) => value * (pupils[i] ?? 0)),
        pupils,
      ).mean;
    return lifted.map((value, i) => (floor + value * scale) * (pupils[i] ?? 0));
  };
  let [low, high] = [0, ceiling];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (measure(totals(middle), pupils).cv < target.cv) low = middle;
    else high = middle;
  }
  const start = totals(low).map((total, i) => clamp(Math.round(total / grain.unit), grain, i));
  const sum = Math.round((target.mean * pupils.reduce((all, count) => all + count, 0)) / grain.unit);
  const exact = summed(start, sum, grain, random);
  return exact && settle(exact, pupils, target, grain, random);
}

/** The whole sum that comes nearest to a mean, and whether it is near enough to print as that mean. */
export function meanIsPossible(pupils: number, unit: number, { mean, meanWithin }: Target): boolean {
  return Math.abs((Math.round((mean * pupils) / unit) * unit) / pupils - mean) <= meanWithin;
}

function clamp(value: number, { least, most }: Grain, i: number): number {
  return Math.min(Math.max(value, least[i] ?? 0), most[i] ?? Infinity);
}

function summed(start: readonly number[], sum: number, grain: Grain, random: () => number): number[] | undefined {
  const grains = [...start];
  let missing = sum - grains.reduce((all, count) => all + count, 0);
  for (let step = 0; missing !== 0 && step < 1_000_000; step++) {
    const at = Math.floor(random() * grains.length);
    const moved = clamp(
      (grains[at] ?? 0) + Math.sign(missing) * Math.ceil(Math.abs(missing) / grains.length),
      grain,
      at,
    );
    missing -= moved - (grains[at] ?? 0);
    grains[at] = moved;
  }
  return missing === 0 ? grains : undefined;
}

/** Moves grains from school to school until the coefficient is met; the sum, and so the mean, stays. */
function settle(
  start: number[],
  pupils: readonly number[],
  target: Target,
  grain: Grain,
  random: () => number,
): number[] | undefined {
  const off = (grains: readonly number[]) => {
    const totals = grains.map((count) => count * grain.unit);
    return Math.abs(measure(totals, pupils).cv - target.cv) / target.cvWithin;
  };
  let grains = start;
  let distance = off(grains);
  for (let step = 0; distance > 1; step++) {
    if (step > 300_000) return undefined;
    const moved = [...grains];
    const [from, to] = [0, 0].map(() => Math.floor(random() * grains.length)) as [number, number];
    const size = 1 + Math.floor(random() ** 6 * 0.2 * (grains[from] ?? 0));
    const leaving = (grains[from] ?? 0) - clamp((grains[from] ?? 0) - size, grain, from);
    const arriving = clamp((grains[to] ?? 0) + leaving, grain, to) - (grains[to] ?? 0);
    if (from === to || arriving <= 0) continue;
    moved[from] = (moved[from] ?? 0) - arriving;
    moved[to] = (moved[to] ?? 0) + arriving;
    const next = off(moved);
    // A little downhill is allowed, or the search ends in the first hollow.
    if (next > distance && random() > Math.exp((distance - next) / 2)) continue;
    grains = moved;
    distance = next;
  }
  return grains;
}
