import type { AnyBlock } from '../../../slack/control-types.ts';
import { DisplayBlock } from './display-block.tsx';
import { cellText } from './table-cells.ts';
import { stringField } from './text-object.ts';

/** A cell of a `table` or `data_table`: text, a number, or rich text. */
export function TableCell({ cell }: { cell: unknown }) {
  if (stringField(cell, 'type') === 'rich_text') return <DisplayBlock block={cell as AnyBlock} />;
  return <span className="plain">{cellText(cell)}</span>;
}
