/** The few packets of MySQL's protocol that a server sends: https://dev.mysql.com/doc/dev/mysql-server/latest/ */

/** What a server answers to a statement. */
export type Answer = { rows: Row[]; columns: string[] } | { error: ServerError } | 'ok';
export type Row = (string | number | null)[];
export interface ServerError {
  errno: number;
  sqlState: string;
  message: string;
}

/** A payload with its length and number in front. */
export function packet(sequence: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUIntLE(payload.length, 0, 3);
  head[3] = sequence;
  return Buffer.concat([head, payload]);
}

const text = (value: string) => {
  const bytes = Buffer.from(value);
  const length =
    bytes.length < 251 ? [bytes.length] : [0xfc, bytes.length & 255, bytes.length >> 8];
  return Buffer.concat([Buffer.from(length), bytes]);
};
const u16 = (value: number) => Buffer.from([value & 255, value >> 8]);
const zeros = (n: number) => Buffer.alloc(n);

const protocol41 = 0x200;
const transactions = 0x2000;
const secure = 0x8000;
const pluginAuth = 0x8;
const withDatabase = 0x8;

/** The first packet: who the server is and how it wants to be signed in to. */
export function greeting(version: string, id: number, nonce: Buffer, plugin: string): Buffer {
  const threadId = Buffer.alloc(4);
  threadId.writeUInt32LE(id);
  return Buffer.concat([
    Buffer.from(`\x0a${version}\0`),
    threadId,
    nonce.subarray(0, 8),
    zeros(1),
    u16(1 | withDatabase | protocol41 | transactions | secure),
    Buffer.from([255]), // utf8mb4_0900_ai_ci
    u16(2),
    u16(pluginAuth),
    Buffer.from([21]),
    zeros(10),
    nonce.subarray(8, 20),
    zeros(1),
    Buffer.from(`${plugin}\0`),
  ]);
}

export const ok = Buffer.from([0, 0, 0, 2, 0, 0, 0]);
const eof = Buffer.from([0xfe, 0, 0, 2, 0]);

const failure = ({ errno, sqlState, message }: ServerError) =>
  Buffer.concat([Buffer.from([0xff]), u16(errno), Buffer.from(`#${sqlState}${message}`)]);

const column = (name: string) =>
  Buffer.concat([
    ...['def', '', '', '', name, ''].map(text),
    Buffer.from([0x0c]),
    u16(255),
    Buffer.from([0, 4, 0, 0, 0xfd]), // VAR_STRING
    zeros(5),
  ]);

const cells = (row: Row) =>
  Buffer.concat(row.map((cell) => (cell === null ? Buffer.from([0xfb]) : text(String(cell)))));

/** The packets that answer a statement, numbered from 1. */
export function toPackets(answer: Answer): Buffer {
  const payloads =
    answer === 'ok'
      ? [ok]
      : 'error' in answer
        ? [failure(answer.error)]
        : [
            Buffer.from([answer.columns.length]),
            ...answer.columns.map(column),
            eof,
            ...answer.rows.map(cells),
            eof,
          ];
  return Buffer.concat(payloads.map((payload, index) => packet(index + 1, payload)));
}
