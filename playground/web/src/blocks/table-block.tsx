import type { AnyBlock } from '../../../slack/control-types.ts';
import { TableCell } from './table-cell.tsx';
import { tableRows } from './table-cells.ts';
import { field, listField, stringField } from './text-object.ts';

const alignments = ['left', 'center', 'right'] as const;

/** A table; its first row is the header. */
export function TableBlock({ block }: { block: AnyBlock }) {
  const [head = [], ...rows] = tableRows(block);
  const settings = listField(block, 'column_settings');
  const styleOf = (column: number) => {
    const align = stringField(settings[column], 'align');
    const wraps = field(settings[column], 'is_wrapped') === true;
    return {
      textAlign: alignments.find((one) => one === align),
      whiteSpace: wraps ? 'normal' : 'nowrap',
    } as const;
  };
  return (
    <div className="table-scroll">
      <table className="grid">
        <thead>
          <tr>
            {head.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no identity but their place
              <th key={column} scope="col" style={styleOf(column)}>
                <TableCell cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <tr key={place}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <td key={column} style={styleOf(column)}>
                  <TableCell cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
