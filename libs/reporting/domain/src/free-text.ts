import { RuleViolation } from '@junheng/kernel';

const MOST_CHARACTERS = 2000;

// As people write them: in one piece, or in groups of 6-8-4 and 3-4-4 digits.
const ID_NUMBER = /(?<!\d)\d{6}[\s-]?\d{8}[\s-]?\d{3}[\dXx](?!\d)/;
const MOBILE_NUMBER = /(?<!\d)(?:86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)/;

/** Refuses text with an ID card number (身份证号) or a mobile number: events are for ever, so neither may enter one. */
export function refusePersonalData(where: string, text: string): void {
  const plain = text.normalize('NFKC');
  if (!ID_NUMBER.test(plain) && !MOBILE_NUMBER.test(plain)) return;
  const remedy = 'Take the ID card or mobile number out; name a person by their office.';
  throw new RuleViolation('NOTE_HAS_PERSONAL_DATA', `The text holds a personal number. ${remedy}`, { where, remedy });
}

/** Free text that stays for ever: it must say something, briefly, and name no one's number. */
export function demandReason(where: string, text: string): void {
  if (text.trim() === '' || text.length > MOST_CHARACTERS) {
    const remedy = `Say why in 1 to ${MOST_CHARACTERS} characters.`;
    throw new RuleViolation('REASON_MISSING', `A text is needed. ${remedy}`, { where, remedy });
  }
  refusePersonalData(where, text);
}
