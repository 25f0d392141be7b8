import { describe, expect, it } from '@jest/globals';
import { RuleViolation } from '@junheng/kernel';
import { annualReturnForm } from './annual-return.form.js';
import { parseFigure } from './figure.js';
import { formIndex } from './form-index.js';

function parse(id: string, raw: unknown) {
  const placed = formIndex(annualReturnForm).fields.get(id);
  if (!placed) throw new Error(id);
  return parseFigure(placed.section, placed.field, raw, 2013);
}

function refusalOf(id: string, raw: unknown): Pick<RuleViolation, 'code' | 'details'> {
  try {
    parse(id, raw);
  } catch (refusal) {
    if (refusal instanceof RuleViolation) return refusal;
    throw refusal;
  }
  throw new Error(`${JSON.stringify(raw)} was accepted`);
}

describe('A figure', () => {
  it.each([
    ['teach_area', '1844.70', '1844.7'],
    ['teach_area', '100', '100'],
    ['teach_area', '0.00', '0'],
    ['teach_area', '-0', '0'],
    ['equip_value', '54.321001', '54.321001'],
    ['p_class_sizes', ['45', '46'], ['45', '46']],
    ['p_class_sizes', [], []],
    ['lab_standard', false, false],
    ['founded', '1985', '1985'],
    ['address', ' 竹山县擂鼓镇街道 ', '竹山县擂鼓镇街道'],
    ['books', null, null],
  ])('of %s given as %j is kept as %j', (id, raw, figure) => expect(parse(id, raw)).toEqual(figure));

  it.each([
    ['FIGURE_NOT_A_NUMBER', 'books', ''],
    ['FIGURE_NOT_A_NUMBER', 'books', ' 1'],
    ['FIGURE_NOT_A_NUMBER', 'books', '1,234'],
    ['FIGURE_NOT_A_NUMBER', 'books', '1e3'],
    ['FIGURE_NOT_A_NUMBER', 'books', '+1'],
    ['FIGURE_NOT_A_NUMBER', 'books', '007'],
    ['FIGURE_NOT_A_NUMBER', 'books', '１２'],
    ['FIGURE_NOT_A_NUMBER', 'books', '120册'],
    ['FIGURE_NOT_A_NUMBER', 'books', 120],
    ['FIGURE_NOT_A_NUMBER', 'books', true],
    ['FIGURE_NOT_A_NUMBER', 'books', ['1']],
    ['FIGURE_TOO_PRECISE', 'books', '12.5'],
    ['FIGURE_TOO_PRECISE', 'teach_area', '1844.701'],
    ['FIGURE_NEGATIVE', 'books', '-1'],
    ['FIGURE_TOO_LARGE', 'books', '1234567890123'],
    ['FIGURE_NOT_A_LIST', 'p_class_sizes', '45'],
    ['FIGURE_LIST_TOO_LONG', 'p_class_sizes', Array.from({ length: 501 }, () => '1')],
    ['FIGURE_NOT_A_FLAG', 'lab_standard', 'true'],
    ['FIGURE_NOT_A_YEAR', 'founded', '1839'],
    ['FIGURE_NOT_A_YEAR', 'founded', '2015'],
    ['FIGURE_NOT_A_TEXT', 'address', ''],
    ['FIGURE_WRONG_FORMAT', 'address', '擂鼓镇'],
    ['FIGURE_WRONG_FORMAT', 'address', 'Leigu Town 12'],
    ['FIGURE_WRONG_FORMAT', 'website', 'www.leigu.cn'],
    ['NOTE_HAS_PERSONAL_DATA', 'address', '竹山县擂鼓镇 13800138000'],
  ])('is refused with %s for %s given as %j', (code, id, raw) => expect(refusalOf(id, raw).code).toBe(code));

  it('says where it is wrong, down to the entry of a list', () => {
    expect(refusalOf('books', 'x').details.where).toBe('resources.books');
    expect(refusalOf('p_class_sizes', ['45', '4x']).details.where).toBe('classes.p_class_sizes[1]');
  });
});
