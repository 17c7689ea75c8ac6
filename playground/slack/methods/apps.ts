import type { Method, Methods } from '../parts.ts';
import { Refusal } from '../refusal.ts';

const openConnection: Method = ({ url }, _args, { sockets }) => {
  if (sockets.refusing()) throw new Refusal('internal_error');
  return { url: `${url().replace(/^http/, 'ws')}/link/?${sockets.ticket()}` };
};

/** What an app-level token may call, and nothing else. */
export const appMethods: Methods = {
  'apps.connections.open': openConnection,
};
