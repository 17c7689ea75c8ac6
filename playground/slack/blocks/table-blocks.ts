import { isRecord } from '../args.ts';
import {
  blockId,
  type Check,
  type Faults,
  fault,
  flag,
  integer,
  list,
  number,
  oneOf,
  shape,
  string,
  typed,
} from './block-checks.ts';
import { richText } from './rich-text.ts';

const MAX_COLUMNS = 20;

/** Slack wants a space in a cell that shows nothing. */
const raw = {
  raw_text: shape({ text: string() }),
  raw_number: shape({ value: number, text: string() }),
};
const headerCell = typed(raw);
const cell = typed({ ...raw, rich_text: richText });

/** `table`: up to 100 rows of up to 20 cells. */
export const table: Check = shape(
  { rows: list(100, list(MAX_COLUMNS, cell)) },
  {
    block_id: blockId,
    column_settings: list(MAX_COLUMNS, (value, path) =>
      value === null ? [] : columnSettings(value, path),
    ),
  },
);

const columnSettings = shape({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag });

/** `data_table`: a header and 1 to 200 rows, all of the same 1 to 20 columns. */
export const dataTable: Check = shape(
  { caption: string(), rows: list(201, list(MAX_COLUMNS, cell), 2) },
  { block_id: blockId, page_size: integer(1, 100), row_header_column_index: integer(0) },
  ({ rows, row_header_column_index: column = 0 }, path) => {
    const [header = [], ...others] = rows as unknown[][];
    const uneven = others.findIndex((row) => row.length !== header.length);
    if (uneven >= 0)
      return fault('must have as many cells as the header', `${path}/rows/${uneven + 1}`);
    if (Number(column) >= header.length)
      return fault('must be the index of a column', `${path}/row_header_column_index`);
    return header.flatMap((one, index) => headerCell(one, `${path}/rows/0/${index}`));
  },
);

/** The characters in all cells of a valid table. */
export const tableChars = ({ rows }: Record<string, unknown>): number =>
  (rows as unknown[][]).flat().reduce<number>((sum, one) => sum + textLength(one), 0);

/** The text in a cell, at whatever level of rich text it stands. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + textLength(one), 0);
  if (!isRecord(value)) return 0;
  const own = typeof value.text === 'string' ? value.text.length : 0;
  return own + textLength(value.elements);
}

const label = string(20);
const axisTitle = string(50);
const point = shape({ label, value: number });
const series = list(12, shape({ name: label, data: list(20, point) }));
const plotted = shape(
  {
    series,
    axis_config: shape({ categories: list(20, label) }, { x_label: axisTitle, y_label: axisTitle }),
  },
  {},
  (chart, path) => seriesFaults(chart, path),
);

/** `data_visualization`: a pie of up to 12 segments, or up to 12 series of up to 20 points. */
export const dataVisualization: Check = shape(
  {
    title: string(50),
    chart: typed({
      pie: shape({ segments: list(12, shape({ label, value: number })) }),
      bar: plotted,
      line: plotted,
      area: plotted,
    }),
  },
  { block_id: blockId },
);

/** Series have names of their own, and their points the labels of the axis. */
function seriesFaults(chart: Record<string, unknown>, path: string): Faults {
  const all = chart.series as { name: string; data: { label: string }[] }[];
  const { categories } = chart.axis_config as { categories: string[] };
  if (new Set(all.map(({ name }) => name)).size < all.length)
    return fault('must have unique names', `${path}/series`);
  return all.flatMap(({ data }, index) =>
    data.every((one) => categories.includes(one.label))
      ? []
      : fault('must use labels of the axis categories', `${path}/series/${index}/data`),
  );
}
