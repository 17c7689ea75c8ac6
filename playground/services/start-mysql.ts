import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { StartError } from '../../src/errors.ts';
import { aptInstall } from './apt-install.ts';
import { runInDocker } from './docker.ts';
import { findProgram } from './find-program.ts';
import { advice, firstThatWorks } from './first-that-works.ts';
import { runMariadb } from './run-mariadb.ts';
import type { Scratch } from './scratch.ts';

/** Where a MySQL or MariaDB is, and who may do what there. */
export interface MysqlService {
  host: string;
  port: number;
  /** The account the connector uses. On a private server it is made by whoever loads the data, for reading only. */
  user: string;
  password: string;
  database: string;
  root: { user: string; password: string };
  /** False when it is somebody's own server: then nothing there may be dropped that we did not make. */
  isPrivate: boolean;
}

/** What `MYSQL_HOST` and its companions name. */
export interface NamedMysql {
  host: string;
  port?: number;
  user: string;
  password: string;
  database?: string;
  root?: { user: string; password: string };
}

/** How to get MySQL. */
export interface MysqlOptions {
  scratch: Scratch;
  say(line: string): void;
  /** Absent: a private one. */
  named?: NamedMysql | undefined;
}

/**
 * A MariaDB or MySQL that answers: the one named, else a private, empty one on a free port of the loopback interface.
 *
 * @throws StartError that says what to install or to set.
 */
export async function startMysql({ scratch, say, named }: MysqlOptions): Promise<MysqlService> {
  if (named) return verified(named);

  const secret = () => randomBytes(16).toString('hex');
  const root = { user: 'root', password: secret() };
  const reader = { user: 'reader', password: secret(), database: 'shop' };
  const toService = (port: number): MysqlService => ({
    host: '127.0.0.1',
    port,
    ...reader,
    root,
    isPrivate: true,
  });
  const answers = (port: number) => connect({ host: '127.0.0.1', port, ...root });
  const onThisMachine = async () => {
    const program = await findProgram(['mariadbd', 'mysqld']);
    return program
      ? toService(await runMariadb({ scratch, program, password: root.password, answers }))
      : undefined;
  };

  return firstThatWorks(
    [
      { name: 'mariadbd', get: onThisMachine },
      {
        name: 'Docker',
        async get() {
          const port = await runInDocker(scratch, {
            image: 'mariadb:11.4',
            port: 3306,
            env: { MARIADB_ROOT_PASSWORD: root.password },
            args: ['--skip-log-bin', '--default-time-zone=+00:00', '--skip-name-resolve'],
            answers,
          });
          return port === undefined ? undefined : toService(port);
        },
      },
      {
        name: 'apt-get',
        // the core packages bring the program without a service
        get: async () => ((await aptInstall(packages, say)) ? onThisMachine() : undefined),
      },
    ],
    advice('No MariaDB or MySQL found.', {
      linux:
        'Install the package mariadb-server, start Docker, or set MYSQL_HOST, MYSQL_USER and MYSQL_PASSWORD to one that is running.',
      darwin:
        'Run `brew install mariadb`, start Docker, or set MYSQL_HOST, MYSQL_USER and MYSQL_PASSWORD to one that is running.',
      win32:
        'Start Docker Desktop, or set MYSQL_HOST, MYSQL_USER and MYSQL_PASSWORD to one that is running.',
    }),
  );
}

/** The newest Debian and Ubuntu have the first; older ones put the version into the name. */
const packages = [
  'mariadb-server-core',
  'mariadb-server-core-10.6',
  'mariadb-server-core-10.5',
  'mysql-server-core-8.0',
];

async function verified(named: NamedMysql): Promise<MysqlService> {
  const { host, port = 3306, user, password, database = '' } = named;
  try {
    await connect({ host, port, user, password });
  } catch (error) {
    const wayOut = 'or unset MYSQL_HOST for a private one.';
    throw new StartError(
      (error as { code?: string }).code === 'ER_ACCESS_DENIED_ERROR'
        ? `The server that MYSQL_HOST names does not let MYSQL_USER in. Mend MYSQL_USER and MYSQL_PASSWORD, ${wayOut}`
        : `The server that MYSQL_HOST names does not answer. Start it, mend MYSQL_HOST and MYSQL_PORT, ${wayOut}`,
      { cause: error },
    );
  }
  const root = named.root ?? { user, password };
  return { host, port, user, password, database, root, isPrivate: false };
}

async function connect(to: { host: string; port: number; user: string; password: string }) {
  const connection = await createConnection({ ...to, connectTimeout: 3000 });
  await connection.end();
}
