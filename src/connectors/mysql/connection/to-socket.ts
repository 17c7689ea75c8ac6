import type { Socket } from 'node:net';
import type { Connection } from 'mysql2';

/** What the connection is made of, encrypted or not. The driver's types keep it to themselves. */
export const toSocket = (connection: Connection) =>
  (connection as unknown as { stream: Socket }).stream;
