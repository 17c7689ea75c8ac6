import type { ResourceLink, ToolContext } from './connector.ts';
import { longestLine, type SpoolColumn, toLink } from './spool.ts';

/** Rows of an answer that was cut, kept whole for whoever reads its link. */
export interface SpooledRows {
  link: ResourceLink;
  /** How many rows are kept. */
  rows: number;
  /** False when even these are not all. */
  complete: boolean;
}

/**
 * Keeps rows that an answer has no room for, in the order of the columns, on the connector's disk.
 *
 * Nothing where there is no spool, no room on it, or a row past 230 kB: then the head of the answer is all there is,
 * and its note has to say so.
 *
 * @param isAll asked behind the last row: whether there are no others
 */
export async function spoolRows(
  { spool, signal }: Pick<ToolContext, 'spool' | 'signal'>,
  columns: readonly SpoolColumn[],
  rows: Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>,
  isAll = () => true,
): Promise<SpooledRows | undefined> {
  const writer = openWriter(spool, columns);
  if (!writer) return;
  try {
    let isWhole = true;
    for await (const row of rows) {
      signal.throwIfAborted();
      const line = JSON.stringify(row);
      isWhole = Buffer.byteLength(line) <= longestLine && writer.write(line);
      if (!isWhole) break;
      if (writer.isBehind) await writer.caughtUp();
    }
    const stored = await writer.finish(isWhole && isAll()).catch(() => undefined);
    return stored && { link: toLink(stored), rows: stored.rows, complete: stored.complete };
  } catch (error) {
    writer.discard();
    throw error;
  }
}

function openWriter(spool: ToolContext['spool'], columns: readonly SpoolColumn[]) {
  try {
    return spool?.open(columns);
  } catch {
    return; // no folder can be made, or too many results are being written
  }
}

/** What stands behind the link of a cut answer, in words. */
export const toExtent = ({ rows, complete }: SpooledRows): string =>
  complete ? `all ${rows}` : `the first ${rows}`;
