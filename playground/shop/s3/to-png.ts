import { crc32, deflateSync } from 'node:zlib';

/** Red, green and blue, 0 to 255 each. */
export type Colour = readonly [number, number, number];

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A picture of that many pixels a side, in stripes of two colours (PNG, 8 bits, no alpha). */
export function toPng(side: number, [first, second]: readonly [Colour, Colour]): Uint8Array {
  const row = (y: number) =>
    Array.from({ length: side }, (_, x) => ((x + y) % 16 < 8 ? first : second)).flat();
  // Each line begins with its filter: none.
  const lines = Array.from({ length: side }, (_, y) => [0, ...row(y)]).flat();
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2], 8);
  const data = deflateSync(Uint8Array.from(lines));
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND')]);
}

function chunk(type: string, data = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const edges = Buffer.alloc(8);
  edges.writeUInt32BE(data.length, 0);
  edges.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([edges.subarray(0, 4), body, edges.subarray(4)]);
}
