import { inflateRawSync } from 'node:zlib';
import { fileNotATable, fileTooLarge } from './file-refusal.js';
import type { TableLimits } from './table.js';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const MOST_PARTS = 5_000;
const RANGE = /\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)/gi;

/**
 * Refuses an xlsx file that would fill the memory: it unpacks each part with a ceiling (the sizes that a zip declares
 * are not to be believed) and counts the cells, with those of ranges that exceljs expands one by one.
 */
export function refuseZipBomb(content: Buffer, limits: TableLimits): void {
  let left = limits.unpackedBytes;
  let cells = 0;
  let isWorkbook = false;
  for (const part of parts(content)) {
    const bytes = unpack(part, left);
    left -= bytes.length;
    isWorkbook ||= /(^|\/)xl\/workbook\.xml$/.test(part.name);
    cells += occurrences(bytes, '<c ');
    for (const text of elements(bytes, '<mergeCell', '<definedName')) {
      for (const range of text.matchAll(RANGE)) cells += area(range);
    }
    if (cells > limits.cells)
      throw fileTooLarge({ en: `more than ${limits.cells} cells`, zh: `超过 ${limits.cells} 个单元格` });
  }
  if (!isWorkbook) throw fileNotATable({ en: 'it is a zip file without a workbook', zh: '压缩包内没有工作簿' });
}

interface Part {
  readonly name: string;
  readonly method: number;
  readonly packed: Buffer;
}

function* parts(content: Buffer): Generator<Part> {
  try {
    const end = content.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end < 0 || content.readUInt32LE(end) !== END) throw damaged();
    const count = content.readUInt16LE(end + 10);
    if (count > MOST_PARTS) throw fileTooLarge({ en: `it has ${count} parts`, zh: `包含 ${count} 个部件` });
    let at = content.readUInt32LE(end + 16);
    for (let entry = 0; entry < count; entry++) {
      if (content.readUInt32LE(at) !== ENTRY) throw damaged();
      const nameLength = content.readUInt16LE(at + 28);
      const local = content.readUInt32LE(at + 42);
      const data = local + 30 + content.readUInt16LE(local + 26) + content.readUInt16LE(local + 28);
      yield {
        name: content.toString('utf8', at + 46, at + 46 + nameLength),
        method: content.readUInt16LE(at + 10),
        packed: content.subarray(data, data + content.readUInt32LE(at + 20)),
      };
      at += 46 + nameLength + content.readUInt16LE(at + 30) + content.readUInt16LE(at + 32);
    }
  } catch (error) {
    throw ['ERR_OUT_OF_RANGE', 'ERR_BUFFER_OUT_OF_BOUNDS'].includes(codeOf(error)) ? damaged() : error;
  }
}

function unpack({ method, packed }: Part, left: number): Buffer {
  const tooLarge = () => fileTooLarge({ en: 'it unpacks to far more than a table needs', zh: '解压后超出允许大小' });
  if (left <= 0 || (method === 0 && packed.length > left)) throw tooLarge();
  if (method === 0) return packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: left });
  } catch (error) {
    throw codeOf(error) === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : damaged();
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function damaged() {
  return fileNotATable({ en: 'the file is damaged', zh: '文件已损坏' });
}

function occurrences(xml: Buffer, text: string): number {
  let count = 0;
  for (let at = xml.indexOf(text); at >= 0; at = xml.indexOf(text, at + text.length)) count++;
  return count;
}

/** The text of elements, up to the next one, without turning the whole part into one text. */
function* elements(xml: Buffer, ...starts: readonly string[]): Generator<string> {
  for (const start of starts) {
    for (let at = xml.indexOf(start); at >= 0; at = xml.indexOf(start, at + 1)) {
      const end = xml.indexOf('<', at + 1);
      const text = xml.toString('latin1', at, end < 0 ? xml.length : end);
      yield text.replace(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, code: string) =>
        String.fromCharCode(parseInt(code, hex ? 16 : 10) % 128),
      );
    }
  }
}

function area([, left = '', top = '', right = '', bottom = '']: RegExpMatchArray): number {
  const column = (letters: string) =>
    [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return (column(right) - column(left) + 1) * (Number(bottom) - Number(top) + 1);
}
