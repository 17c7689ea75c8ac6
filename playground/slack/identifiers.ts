import { randomUUID } from 'node:crypto';

/** A fresh id in Slack's manner: a prefix, then capitals and digits. */
export const freshId = (prefix: string) =>
  // The first twelve digits of a UUID are all random, and it is several times as fast as random bytes.
  prefix + randomUUID().replaceAll('-', '').toUpperCase().slice(0, 11);
