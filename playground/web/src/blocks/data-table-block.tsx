import { useState } from 'react';
import type { AnyBlock } from '../../../slack/control-types.ts';
import { type Order, sortRows } from './sort-rows.ts';
import { TableCell } from './table-cell.tsx';
import { cellNumber, cellText, tableRows } from './table-cells.ts';
import { field, plainText } from './text-object.ts';

/** Slack's, when the app names no number. */
const defaultPageSize = 5;

/** A table that can be sorted by its columns and is shown a page at a time; columns of numbers stand at the right. */
export function DataTableBlock({ block }: { block: AnyBlock }) {
  const [head = [], ...rows] = tableRows(block);
  const [order, setOrder] = useState<Order>();
  const [wanted, setPage] = useState(0);
  const size = pageSize(block);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  // An edit may have taken rows away.
  const page = Math.min(wanted, pages - 1);
  const shown = sortRows(rows, order).slice(page * size, (page + 1) * size);
  const rowHeader = field(block, 'row_header_column_index');
  const classOf = (column: number) =>
    rows.length > 0 && rows.every((row) => cellNumber(row[column]) !== undefined)
      ? 'number'
      : undefined;

  const sortBy = (column: number) => {
    const again = order?.column === column;
    // Up, down, and back to how the app sent it.
    setOrder(again && order.descending ? undefined : { column, descending: again });
    setPage(0);
  };
  return (
    <div className="data-table">
      <div className="table-scroll">
        <table className="grid">
          <caption>{plainText(block.caption)}</caption>
          <thead>
            <tr>
              {head.map((cell, column) => {
                const sorted = order?.column === column ? order : undefined;
                const direction = sorted?.descending ? 'descending' : 'ascending';
                return (
                  <th
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns have no identity but their place
                    key={column}
                    scope="col"
                    className={classOf(column)}
                    aria-sort={sorted ? direction : 'none'}
                  >
                    <button type="button" onClick={() => sortBy(column)}>
                      {cellText(cell)}
                      <i aria-hidden="true">{sorted ? (sorted.descending ? '↓' : '↑') : '↕'}</i>
                    </button>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
              <tr key={place}>
                {row.map((cell, column) => {
                  const Cell = column === rowHeader ? 'th' : 'td';
                  return (
                    <Cell
                      // biome-ignore lint/suspicious/noArrayIndexKey: see above
                      key={column}
                      className={classOf(column)}
                      {...(column === rowHeader && { scope: 'row' })}
                    >
                      <TableCell cell={cell} />
                    </Cell>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && (
        <nav className="pager" aria-label="Pages of the table">
          <button
            type="button"
            className="icon-button"
            aria-label="Previous page"
            aria-disabled={page === 0}
            onClick={() => setPage(Math.max(0, page - 1))}
          >
            ‹
          </button>
          <span role="status">
            {page * size + 1}–{Math.min(rows.length, (page + 1) * size)} of {rows.length}
          </span>
          <button
            type="button"
            className="icon-button"
            aria-label="Next page"
            aria-disabled={page === pages - 1}
            onClick={() => setPage(Math.min(pages - 1, page + 1))}
          >
            ›
          </button>
        </nav>
      )}
    </div>
  );
}

function pageSize(block: AnyBlock): number {
  const size = Math.floor(Number(field(block, 'page_size') ?? defaultPageSize));
  return size >= 1 && size <= 100 ? size : defaultPageSize;
}
