import { createHash } from 'node:crypto';
import type { Command } from '@nestjs/cqrs';
import type { RecordedEvent, Who } from '@junheng/event-store';
import type { Message } from '@junheng/kernel';

type DataOf<E extends Message, Type extends E['type']> = Omit<Extract<E, { type: Type }>, 'type'>;

/** Event in, commands out. Whoever runs it may run it again on the same event: the command ids are the event's own. */
export interface Process<E extends Message, C extends Command<unknown> = Command<unknown>> {
  readonly name: string;
  readonly on: {
    readonly [Type in E['type']]?: (event: RecordedEvent<DataOf<E, Type>>) => readonly C[];
  };
}

/** A process whatever it reacts to. */
export interface AnyProcess {
  readonly name: string;
  readonly on: Readonly<Partial<Record<string, (event: RecordedEvent<never>) => readonly Command<unknown>[]>>>;
}

type Origin = Pick<RecordedEvent<unknown>, 'tenant' | 'position' | 'meta'>;

const NAMESPACE = Buffer.from('6f1c2a52c0a94a4f8f0d5b0e7a3d9c41', 'hex');

/**
 * The same id for the same process, event and target (UUID version 5), so that a command is carried out once.
 * `target` tells the commands of one event apart.
 */
export function commandIdFrom(process: string, { tenant, position }: Origin, target = ''): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(`${process}/${tenant}/${position}/${target}`).digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The process acts for whoever caused the event, within the one region that the command needs. */
export function processWho(process: string, region: string, { tenant, position, meta }: Origin): Who {
  return {
    actor: `process:${process}`,
    role: 'process',
    scope: { region },
    correlationId: meta.correlationId,
    causationId: `${tenant}/${position}`,
    onBehalfOf: meta.onBehalfOf ?? meta.actor,
  };
}
