import { constants, generateKeyPairSync, privateDecrypt, randomBytes } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import type { Account } from '../../../../src/connectors/mysql/connection/sessions.ts';
import { type Answer, greeting, ok, packet, toPackets } from './packets.ts';
import type { Recording } from './servers.ts';

/** A server that plays back what MySQL says: no MySQL, so it shows what we send and how we read its answers. */
export interface RecordedServer {
  account: Account;
  /** All statements that it was sent, in order, over all connections. */
  sent: string[];
  [Symbol.asyncDispose](): Promise<void>;
}

const reader = { user: 'reader', password: 'correct horse' };
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = publicKey.export({ type: 'spki', format: 'pem' });

/**
 * Starts one. It signs in by `caching_sha2_password` in full, by its RSA key, as MySQL does for an account's first
 * connection without TLS; it keeps session variables, and knows only those that the recorded version has.
 *
 * @param answer what it says to a statement that is not about its session; nothing: it never answers.
 */
export async function openRecordedServer(
  recording: Recording,
  answer: (sql: string) => Answer | undefined = () => ({ columns: ['1'], rows: [['1']] }),
): Promise<RecordedServer> {
  const sent: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    const id = 4_294_967_296 + ++connections; // past what the greeting can hold
    const session = openSession(recording, id);
    const reply = (sql: string) => {
      sent.push(sql);
      return session.answer(sql) ?? answer(sql);
    };
    serve(socket, recording, connections, session.reset, reply);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    account: { host: '127.0.0.1', port, ...reader, database: 'shop' },
    sent,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Session variables as the server has them, and what it says about itself. */
function openSession(recording: Recording, id: number) {
  let variables = { ...recording.variables };
  const assign = (assignment: string): Answer | undefined => {
    if (recording.ignoresSet || assignment.startsWith('NAMES ')) {
      if (!recording.ignoresSet)
        for (const name of charsets) variables[name] = assignment.slice(6).trim();
      return undefined;
    }
    const [name = '', value = ''] = assignment.split('=').map((part) => part.trim());
    if (!(name in variables))
      return {
        error: { errno: 1193, sqlState: 'HY000', message: `Unknown system variable '${name}'` },
      };
    variables[name] = value.replace(/^'(.*)'$/, '$1');
    return undefined;
  };
  return {
    reset() {
      variables = { ...recording.variables };
    },
    answer(sql: string): Answer | undefined {
      if (/^(START TRANSACTION READ ONLY|USE `)/.test(sql)) return 'ok';
      if (sql.startsWith('SET ')) {
        for (const assignment of sql.slice(4).match(/(?:'[^']*'|[^,'])+/g) ?? []) {
          const refused = assign(assignment.trim());
          if (refused) return refused;
        }
        return 'ok';
      }
      if (sql.startsWith('SELECT VERSION(), '))
        return row(recording.version, recording.comment, variables.sql_mode ?? '', id);
      if (sql === 'SELECT CURRENT_ROLE()') return row('NONE');
      if (sql.startsWith('SHOW GRANTS')) {
        const grants = sql === 'SHOW GRANTS' ? recording.grants : recording.roleGrants;
        return { columns: ['Grants'], rows: grants.map((grant) => [grant]) };
      }
      if (/^SELECT @@\w+(, @@\w+)*$/.test(sql))
        return row(...(sql.match(/(?<=@@)\w+/g) ?? []).map((name) => variables[name] ?? null));
      return undefined;
    },
  };
}

const charsets = ['character_set_client', 'character_set_connection', 'character_set_results'];

const row = (...cells: (string | number | null)[]): Answer => ({
  columns: cells.map((_, index) => `c${index}`),
  rows: [cells],
});

/** The protocol: greeting, signing in, then one statement after another. */
function serve(
  socket: Socket,
  { version }: Recording,
  id: number,
  reset: () => void,
  reply: (sql: string) => Answer | undefined,
) {
  const nonce = Buffer.from(randomBytes(20).map((byte) => (byte % 127) + 1)); // no zero in it
  const onPacket = [onCredentials, onKeyWanted, onPassword];
  let received = Buffer.alloc(0);

  socket.write(packet(0, greeting(version, id, nonce, 'caching_sha2_password')));
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 4 && received.length >= 4 + received.readUIntLE(0, 3)) {
      const end = 4 + received.readUIntLE(0, 3);
      const [sequence = 0, payload] = [received[3], received.subarray(4, end)];
      received = received.subarray(end);
      (onPacket.shift() ?? onCommand)(sequence + 1, payload);
    }
  });

  function onCredentials(sequence: number) {
    socket.write(packet(sequence, Buffer.from([1, 4]))); // not in the cache: the password itself, please
  }
  function onKeyWanted(sequence: number) {
    socket.write(packet(sequence, Buffer.concat([Buffer.from([1]), Buffer.from(pem)])));
  }
  function onPassword(sequence: number, payload: Buffer) {
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    const mixed = privateDecrypt({ key: privateKey, padding, oaepHash: 'sha1' }, payload);
    const given = mixed.map((byte, index) => byte ^ (nonce[index % nonce.length] ?? 0));
    if (Buffer.from(given).toString() === `${reader.password}\0`) {
      socket.write(packet(sequence, ok));
      return;
    }
    const message = `Access denied for user '${reader.user}'@'localhost' (using password: YES)`;
    const answer = toPackets({ error: { errno: 1045, sqlState: '28000', message } });
    answer[3] = sequence;
    socket.end(answer);
  }
  function onCommand(_sequence: number, payload: Buffer) {
    const [command] = payload;
    if (command === 1) return socket.end();
    if (command === 31) reset();
    const answer = command === 3 ? reply(payload.subarray(1).toString()) : 'ok';
    if (answer) socket.write(toPackets(answer));
    return undefined;
  }
}
