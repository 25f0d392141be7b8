import { createHash } from 'node:crypto';

/** The same id for the same command and part of it (UUID version 5): what is sent again is carried out once. */
export function derivedId(commandId: string, part: string): string {
  const bytes = createHash('sha1').update(`${commandId}/${part}`).digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
