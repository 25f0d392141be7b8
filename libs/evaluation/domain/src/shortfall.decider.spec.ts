import { describe, it } from '@jest/globals';
import { specification } from '@junheng/kernel/testing';
import { type RecordShortfalls, shortfall, type ShortfallItem, type ShortfallRecorded } from './shortfall.decider.js';

const given = specification(shortfall);
const beds = (amount: string | null): ShortfallItem => ({ item: '床位', unit: 'beds', amount, source: '差距值一览表' });
const books: ShortfallItem = { item: '图书', unit: 'volumes', amount: '12720', source: '差距值一览表' };
const record = (...items: ShortfallItem[]): RecordShortfalls => ({
  type: 'RecordShortfalls',
  school: '2142000501',
  schoolYear: 2013,
  items,
});
const recorded = (...items: ShortfallItem[]): ShortfallRecorded => ({ ...record(...items), type: 'ShortfallRecorded' });

describe('A shortfall', () => {
  it('is recorded with its amount and where it was found', () =>
    given()
      .when(record(beds('99'), books))
      .then(recorded(beds('99'), books)));

  it('of unknown size stays unknown, which is not zero', () =>
    given(recorded(beds('0')))
      .when(record(beds(null)))
      .then(recorded(beds(null))));

  it('is recorded again only where it changed', () =>
    given(recorded(beds('99'), books))
      .when(record(beds('80'), books))
      .then(recorded(beds('80'))));

  it('can be sent twice without harm', () =>
    given(recorded(beds('99')))
      .when(record(beds('99')))
      .thenNothing());

  it('names each item once', () =>
    given()
      .when(record(beds('99'), beds('98')))
      .thenRefused('SHORTFALL_ITEM_TWICE', { where: 'items.1.item' }));

  it('says where it was found', () =>
    given()
      .when(record({ ...books, source: '' }))
      .thenRefused('SHORTFALL_INCOMPLETE'));

  it.each(['-1', '012', '1.50', '1e3', '约100', ''])('is not guessed from %j', (amount) =>
    given()
      .when(record(beds(amount)))
      .thenRefused('SHORTFALL_AMOUNT_INVALID', { where: 'items.0.amount' }),
  );

  it('is not recorded empty', () => given().when(record()).thenRefused('SHORTFALL_EMPTY'));
});
