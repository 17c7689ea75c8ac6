import { randomBytes } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { read, write } from './read-parquet.ts';

const packers = {
  ZSTD: (bytes: Uint8Array) => new Uint8Array(zstdCompressSync(bytes)),
  GZIP: (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes, { level: 1 })),
};

describe('rows', () => {
  it.each(['UNCOMPRESSED', 'SNAPPY', 'ZSTD', 'GZIP'] as const)(
    'come from the beginning of a page that has the whole column, in %s',
    async (codec) => {
      const count = 60_000;
      const random = randomBytes(count * 100).toString('base64');
      const text = (row: number) =>
        row % 5 === 3 ? null : random.slice(row * 130, row * 130 + 130);
      const rows = Array.from({ length: count }, (_, row) => row);
      const bytes = write(
        [
          { name: 'text', data: rows.map(text), type: 'STRING' },
          { name: 'number', data: rows.map((row) => row * 0.3), type: 'DOUBLE', nullable: false },
        ],
        { pageSize: 1e8, rowGroupSize: count, codec, compressors: packers },
      );
      const { rows: few, notes } = await read(bytes, { rows: 9 });
      expect(few).toEqual(rows.slice(0, 9).map((row) => [text(row), row * 0.3]));
      expect(notes).toBe('');
      const { rows: many } = await read(bytes, { rows: 20_000 });
      expect(many).toHaveLength(20_000);
      expect(many.findIndex(([found], row) => found !== text(row))).toBe(-1);
    },
  );

  it('come from such pages as far as they are wanted, in several portions', async () => {
    const rows = Array.from({ length: 100_000 }, (_, row) => row);
    const names = ['a', 'b', 'c', 'd', 'e'];
    const bytes = write(
      names.map((name) => ({ name, data: rows.map((row) => `${name} ${row}`), type: 'STRING' })),
      { pageSize: 1e8, rowGroupSize: rows.length },
    );
    const { rows: found, notes } = await read(bytes, { rows: 30_000 });
    expect(found).toHaveLength(30_000);
    expect(found.at(-1)).toEqual(names.map((name) => `${name} 29999`));
    expect(notes).toBe('');
  });

  it.each([
    ['of three words', 3],
    ['of many words', 700],
    ['of one word', 1],
  ])(
    'come from the beginning of a page of a million places in a dictionary %s',
    async (_, words) => {
      const count = 500_000;
      const text = (row: number) => (row % 9 === 2 ? null : `word ${(row * row) % words}`);
      const data = Array.from({ length: count }, (_, row) => text(row));
      const bytes = write([{ name: 'word', data, type: 'STRING' }], {
        pageSize: 1e8,
        rowGroupSize: count,
      });
      const { rows, notes } = await read(bytes, { rows: 1_000 });
      expect(rows).toEqual(data.slice(0, 1_000).map((word) => [word]));
      expect(notes).toBe('');
    },
  );

  it.each([
    ['bits', 'PLAIN', (row: number) => (row % 5 === 4 ? null : row % 3 === 0)],
    ['runs of bits', 'RLE', (row: number) => (row % 5 === 4 ? null : row % 3 === 0)],
    ['nulls', 'PLAIN', () => null],
  ] as const)('come from the beginning of a page of %s', async (_, encoding, value) => {
    const data = Array.from({ length: 400_000 }, (_, row) => value(row));
    const column = { name: 'ok', data, type: 'BOOLEAN' as const, encoding };
    const bytes = write([column], { pageSize: 1e8, rowGroupSize: data.length });
    const { rows, notes } = await read(bytes, { rows: 1_001 });
    expect(rows).toEqual(data.slice(0, 1_001).map((ok) => [ok]));
    expect(notes).toBe('');
  });
});
