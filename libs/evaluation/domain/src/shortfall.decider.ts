import { type Decider, RuleViolation } from '@junheng/kernel';
import { isDecimalFigure } from './decimal-figure.js';

/** 差距值: what the county found lacking on the spot, where no norm gives it. `null` is a shortfall of unknown size. */
export interface ShortfallItem {
  readonly item: string;
  readonly unit: string;
  readonly amount: string | null;
  readonly source: string;
}

/** Stream `shortfall-<school>-<year>`. Holds the items that were found or changed. */
export interface ShortfallRecorded {
  readonly type: 'ShortfallRecorded';
  readonly school: string;
  readonly schoolYear: number;
  readonly items: readonly ShortfallItem[];
}

export interface RecordShortfalls {
  readonly type: 'RecordShortfalls';
  readonly school: string;
  readonly schoolYear: number;
  readonly items: readonly ShortfallItem[];
}

export type ShortfallState = Readonly<Record<string, ShortfallItem>>;

export const shortfall: Decider<ShortfallState, RecordShortfalls, ShortfallRecorded> = {
  initial: {},

  decide({ school, schoolYear, items }, recorded) {
    if (items.length === 0) throw new RuleViolation('SHORTFALL_EMPTY', 'No shortfall is named.', { where: 'items' });
    items.forEach(requireSound);
    const changed = items.filter((each) => !isSame(recorded[each.item], each));
    return changed.length === 0 ? [] : [{ type: 'ShortfallRecorded', school, schoolYear, items: changed }];
  },

  evolve(recorded, { items }) {
    return { ...recorded, ...Object.fromEntries(items.map((each) => [each.item, each])) };
  },
};

function requireSound(
  { item, amount, source, unit }: ShortfallItem,
  index: number,
  items: readonly ShortfallItem[],
): void {
  if (items.findIndex((each) => each.item === item) < index) {
    throw new RuleViolation('SHORTFALL_ITEM_TWICE', `"${item}" is named twice.`, {
      where: `items.${index}.item`,
      remedy: 'Name each item once.',
    });
  }
  if (item === '' || unit === '' || source === '') {
    throw new RuleViolation('SHORTFALL_INCOMPLETE', 'A shortfall needs an item, a unit and where it was found.', {
      where: `items.${index}`,
      remedy: 'Name the item, its unit and the inspection or document that found it.',
    });
  }
  if (amount !== null && !isDecimalFigure(amount)) {
    throw new RuleViolation('SHORTFALL_AMOUNT_INVALID', `"${amount}" is no amount.`, {
      where: `items.${index}.amount`,
      remedy: 'Write decimal text such as "2732" or "12.5", or leave it unknown.',
    });
  }
}

function isSame(known: ShortfallItem | undefined, item: ShortfallItem): boolean {
  return (
    known !== undefined && known.unit === item.unit && known.amount === item.amount && known.source === item.source
  );
}
