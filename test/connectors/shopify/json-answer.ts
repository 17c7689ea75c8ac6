import type { Fault } from '../../../playground/stand-in/fault.ts';

/** An answer of the test's own in place of the shop's. */
export const json = (body: object, headers: Record<string, string> = {}): Fault => ({
  status: 200,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
