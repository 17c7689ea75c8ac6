import type { VirtualBody } from '../../s3/s3-body.ts';
import { days, minutes, startOfDay, toDate } from '../moment.ts';
import type { ShopObject } from './s3-objects.ts';

/** 5 GiB. */
const dumpSize = 5 * 1024 ** 3;
const lineLength = 64;
const chunkSize = 64 * 1024;

/** Dumps of a warehouse: yesterday's can be read, that of the month before is in an archive. Both are 5 GiB. */
export function toBackups({ today }: { today: Date }): ShopObject[] {
  const midnight = startOfDay(today);
  return [
    toDump(midnight - days(31), 'GLACIER'),
    toDump(midnight - days(1), 'STANDARD'),
    {
      key: 'README.txt',
      body: 'Nightly dumps of the warehouse.\nAfter 30 days they move to Glacier; bringing one back takes 3 to 5 hours.\n',
      contentType: 'text/plain; charset=utf-8',
      modified: new Date(midnight - days(90)),
    },
  ];
}

const toDump = (day: number, storageClass: string): ShopObject => ({
  key: `warehouse/${toDate(day)}/warehouse.sql`,
  body: dumpOf(toDate(day)),
  contentType: 'application/sql',
  modified: new Date(day + minutes(100)),
  storageClass,
  metadata: { database: 'warehouse' },
});

/** Made while it is read: lines of equal length, so that any part of it can be told at once. */
function dumpOf(day: string): VirtualBody {
  return {
    size: dumpSize,
    async *read(start, end) {
      for (let at = start; at < end; at += chunkSize)
        yield part(day, at, Math.min(at + chunkSize, end));
    },
  };
}

function part(day: string, start: number, end: number): Uint8Array {
  const first = Math.floor(start / lineLength);
  const count = Math.ceil(end / lineLength) - first;
  const text = Array.from({ length: count }, (_, index) => toLine(day, first + index)).join('');
  return Buffer.from(text, 'latin1').subarray(start - first * lineLength, end - first * lineLength);
}

function toLine(day: string, index: number): string {
  const sql =
    index === 0
      ? `-- Dump of warehouse, ${day}`
      : `INSERT INTO page_views VALUES (${index}, '${day}');`;
  return `${sql.padEnd(lineLength - 1)}\n`;
}
