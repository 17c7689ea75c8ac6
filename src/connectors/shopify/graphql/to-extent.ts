import type { SpooledRows } from '../../spool-rows.ts';

/** What stands behind the link of a cut answer, in words. */
export const toExtent = ({ rows, complete }: SpooledRows): string =>
  complete ? `all ${rows}` : `the first ${rows}`;
