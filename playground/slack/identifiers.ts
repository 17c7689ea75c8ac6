import { randomBytes } from 'node:crypto';

/** A fresh id in Slack's manner: a prefix, then capitals and digits. */
export const freshId = (prefix: string) =>
  prefix + randomBytes(6).toString('hex').toUpperCase().slice(0, 11);
