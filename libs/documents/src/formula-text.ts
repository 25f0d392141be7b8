/**
 * A text that begins like a formula would be run by the spreadsheet that opens the file, so it leaves with an
 * apostrophe before it, and comes back without. One more apostrophe keeps texts that already have some apart.
 */
export function withoutFormula(text: string): string {
  return /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

export function asWritten(text: string): string {
  return /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}
