import { parquetWriteBuffer } from 'hyparquet-writer';
import { openParquet } from '../../../../src/connectors/s3/tables/parquet-table.ts';

type Columns = Parameters<typeof parquetWriteBuffer>[0]['columnData'];
type Options = Omit<Parameters<typeof parquetWriteBuffer>[0], 'columnData'>;

/** A Parquet file. */
export const write = (columnData: Columns, options: Options = {}) =>
  new Uint8Array(parquetWriteBuffer({ columnData, ...options }));

/** All that is read of one, and how many bytes of it. */
export async function read(
  bytes: Uint8Array,
  { rows = 100, columns }: { rows?: number; columns?: string[] } = {},
) {
  const asked: [number, number][] = [];
  const file = {
    size: bytes.length,
    async read(start: number, end: number) {
      asked.push([start, end]);
      return bytes.slice(start, end);
    },
  };
  const table = await openParquet(file, { rows, columns });
  const found: unknown[][] = [];
  for await (const row of table.rows) found.push(row);
  return {
    columns: table.columns.map(({ name, type }) => `${name}:${type}`),
    rows: found,
    total: table.total(),
    notes: table.notes().join(' '),
    bytes: asked.reduce((sum, [start, end]) => sum + end - start, 0),
  };
}
