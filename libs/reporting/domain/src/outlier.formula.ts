import { Rational } from '@junheng/kernel';
import type { SchoolCode, SchoolType } from '@junheng/register-contract';
import type { Figures, Finding, Form, OutlierCheck } from '@junheng/reporting-contract';

export interface PeerReturn {
  readonly school: SchoolCode;
  readonly schoolType: SchoolType;
  readonly figures: Figures;
}

/**
 * Schools far from the county's others of the same type, by school. Looked for when returns are read, not when one is
 * submitted: whether a school stands out depends on what its neighbours report later.
 */
export function outliers(form: Form, returns: readonly PeerReturn[]): ReadonlyMap<SchoolCode, readonly Finding[]> {
  const found = new Map<SchoolCode, Finding[]>();
  for (const check of form.outliers ?? []) {
    for (const type of new Set(returns.map(({ schoolType }) => schoolType))) {
      const peers = returns.filter(({ schoolType }) => schoolType === type);
      for (const peer of standingOut(check, peers)) {
        found.set(peer.school, [...(found.get(peer.school) ?? []), finding(check, peer)]);
      }
    }
  }
  return found;
}

function standingOut(check: OutlierCheck, peers: readonly PeerReturn[]): readonly PeerReturn[] {
  const values = peers
    .map((peer) => ({ peer, value: valueOf(check, peer.figures) }))
    .filter((each): each is { peer: PeerReturn; value: Rational } => each.value !== undefined);
  if (values.length < check.leastSchools) return [];
  const sorted = values.map(({ value }) => value).sort((a, b) => a.compare(b));
  const median = quantile(sorted, 2);
  const deviations = sorted.map((value) => distance(value, median)).sort((a, b) => a.compare(b));
  const farthest = Rational.of(check.deviations).times(quantile(deviations, 2));
  const [low, high] = [quantile(sorted, 1), quantile(sorted, 3)];
  const fence = Rational.of(check.ranges).times(high.minus(low));
  return values
    .filter(({ value }) => distance(value, median).compare(farthest) > 0)
    .filter(({ value }) => value.compare(low.minus(fence)) < 0 || value.compare(high.plus(fence)) > 0)
    .map(({ peer }) => peer);
}

function valueOf({ field, per }: OutlierCheck, figures: Figures): Rational | undefined {
  const figure = figures[field];
  if (typeof figure !== 'string') return undefined;
  if (!per) return Rational.of(figure);
  const whole = Rational.sum(
    per.map((id) => figures[id]).flatMap((each) => (typeof each === 'string' ? [Rational.of(each)] : [])),
  );
  return whole.isZero ? undefined : Rational.of(figure).dividedBy(whole);
}

/** The value below which `quarter` quarters of the sorted values lie, between two of them in proportion. */
function quantile(sorted: readonly Rational[], quarter: number): Rational {
  const quarters = (sorted.length - 1) * quarter;
  const at = Math.floor(quarters / 4);
  const [low, high] = [sorted[at] ?? Rational.zero, sorted[at + 1] ?? sorted[at] ?? Rational.zero];
  return low.plus(
    high
      .minus(low)
      .times(Rational.of(quarters % 4))
      .dividedBy(Rational.of(4)),
  );
}

function distance(a: Rational, b: Rational): Rational {
  const difference = a.minus(b);
  return difference.compare(Rational.zero) < 0 ? b.minus(a) : difference;
}

function finding({ id, rule, field, per = [] }: OutlierCheck, { figures }: PeerReturn): Finding {
  const involved = [field, ...per].filter((each) => figures[each] !== undefined);
  return {
    check: id,
    level: 'warn',
    fields: [field],
    rule,
    figures: Object.fromEntries(involved.map((each) => [each, figures[each] ?? null])),
  };
}
