import { createHash } from 'node:crypto';

/** The signature of a thinking block: a client cannot make one up, and a changed block no longer fits it. */
export const sign = (thinking: string): string =>
  createHash('sha256').update(`stand-in ${thinking}`).digest('base64');
