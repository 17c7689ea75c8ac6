import { gzipSync } from 'node:zlib';
import { type FileMetaData, parquetSchema, type SchemaElement, type SchemaTree } from 'hyparquet';
import { getMaxRepetitionLevel } from 'hyparquet/src/schema.js';
import { ByteWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { encodeNestedValues } from 'hyparquet-writer/src/dremel.js';
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import { writePlain } from 'hyparquet-writer/src/plain.js';

const magic = 0x31524150; // PAR1

/** A nested column `v`, and `id` beside it, which counts the rows. */
export const schemaOf = (...elements: SchemaElement[]): SchemaElement[] => [
  { name: 'root', num_children: 2 },
  ...elements,
  { name: 'id', repetition_type: 'OPTIONAL', type: 'INT32' },
];

/**
 * A Parquet file with pages of version 1 that begin anywhere in a row, as pyarrow and Spark write them; the library for
 * tests knows only version 2.
 */
export function writeLists(
  schema: SchemaElement[],
  v: unknown[],
  valuesOfPage: (leaf: string) => number,
): Uint8Array {
  const writer = new ByteWriter();
  writer.appendUint32(magic);
  const data: Record<string, unknown[]> = { v, id: v.map((_, row) => row) };
  const columns = leavesOf([parquetSchema({ schema } as FileMetaData)]).map((path) => {
    const [, { element: column } = { element: { name: '' } }] = path;
    const leaf = path.at(-1)?.element.name ?? '';
    return writeChunk(writer, path, data[column.name] ?? [], valuesOfPage(leaf));
  });
  const num_rows = BigInt(v.length);
  const row_groups = [{ columns, num_rows, total_byte_size: BigInt(writer.offset) }];
  writeMetadata(writer, { version: 2, schema, num_rows, row_groups, metadata_length: 0 });
  writer.appendUint32(magic);
  return new Uint8Array(writer.getBytes());
}

function leavesOf(path: SchemaTree[]): SchemaTree[][] {
  const children = path.at(-1)?.children ?? [];
  return children.length > 0 ? children.flatMap((child) => leavesOf([...path, child])) : [path];
}

function writeChunk(writer: ByteWriter, path: SchemaTree[], rows: unknown[], most: number) {
  const { type = 'INT32' } = path.at(-1)?.element ?? {};
  const { values, repetitionLevels, definitionLevels, maxDefinitionLevel } = encodeNestedValues(
    path,
    rows,
  );
  const depth = getMaxRepetitionLevel(path);
  const start = writer.offset;
  let unpacked = 0;
  for (let at = 0; at < definitionLevels.length; at += most) {
    const page = new ByteWriter();
    const definition = definitionLevels.slice(at, at + most);
    if (depth > 0) writeLevels(page, repetitionLevels.slice(at, at + most), depth);
    writeLevels(page, definition, maxDefinitionLevel);
    const there = Array.from(values.slice(at, at + most)).filter(
      (_, i) => definition[i] === maxDefinitionLevel,
    );
    const bytesOf = (value: unknown) =>
      typeof value === 'string' ? new TextEncoder().encode(value) : value;
    writePlain(page, there.map(bytesOf), type, undefined);
    unpacked += writePage(writer, page.getBytes(), definition.length);
  }
  return {
    file_offset: BigInt(start),
    meta_data: {
      type,
      encodings: ['PLAIN' as const, 'RLE' as const],
      path_in_schema: path.slice(1).map(({ element }) => element.name),
      codec: 'GZIP' as const,
      num_values: BigInt(definitionLevels.length),
      total_compressed_size: BigInt(writer.offset - start),
      total_uncompressed_size: BigInt(unpacked),
      data_page_offset: BigInt(start),
    },
  };
}

function writeLevels(page: ByteWriter, levels: number[], highest: number): void {
  const packed = new ByteWriter();
  writeRleBitPackedHybrid(packed, levels, 32 - Math.clz32(highest));
  page.appendUint32(packed.offset);
  page.appendBytes(packed.getBytes());
}

function writePage(writer: ByteWriter, bytes: Uint8Array, num_values: number): number {
  const packed = gzipSync(bytes, { level: 1 });
  writePageHeader(writer, {
    type: 'DATA_PAGE',
    uncompressed_page_size: bytes.length,
    compressed_page_size: packed.length,
    data_page_header: {
      num_values,
      encoding: 'PLAIN',
      definition_level_encoding: 'RLE',
      repetition_level_encoding: 'RLE',
    },
  });
  writer.appendBytes(packed);
  return bytes.length;
}
