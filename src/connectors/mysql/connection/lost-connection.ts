import { connectionLost } from './read-rows.ts';

/** Whether the error says that the connection is gone rather than that the server refused something. */
export function isLost(error: unknown): boolean {
  if (error === connectionLost) return true;
  const { code, errno, fatal, sqlState } = error as Partial<Fault>;
  if (errno !== undefined && goodbyes.has(errno)) return true;
  return (fatal === true && !sqlState) || code === 'EPIPE' || code === 'ECONNRESET';
}

interface Fault {
  code: string;
  errno: number;
  fatal: boolean;
  sqlState: string;
}

/** The last words of a server to a connection: shutting down (both), killed (MariaDB), idle for too long (MySQL). */
const goodbyes = new Set([1053, 1077, 1927, 4031]);

/** Whether the server let nobody in because it goes or comes; not when it is shut to us for good. */
export function isAway(error: unknown): boolean {
  const { code, errno } = error as Partial<Fault>;
  return (
    code === 'ECONNREFUSED' ||
    code === 'ECONNRESET' ||
    code === 'PROTOCOL_CONNECTION_LOST' ||
    errno === 1053
  );
}

/** Whether the server has no TLS to offer. */
export const cannotEncrypt = (error: unknown) =>
  (error as Partial<Fault>).code === 'HANDSHAKE_NO_SSL_SUPPORT';
