import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { freePort, runServer } from './run-server.ts';
import type { Scratch } from './scratch.ts';

const run = promisify(execFile);

/** A `mariadbd` or `mysqld` to run. */
export interface MariadbOptions {
  scratch: Scratch;
  program: string;
  /** Of the account `root`, which may connect from everywhere the server listens, i.e. from this machine. */
  password: string;
  /** Resolves once `root` gets in on this port. */
  answers(port: number): Promise<void>;
}

/** What a server on the data in this folder is started with, the first time and every other. */
export const toServerArgs = (folder: string, port: number): string[] => [
  ...toSharedArgs(folder),
  `--port=${port}`,
  '--bind-address=127.0.0.1',
  `--socket=${join(folder, 'sock')}`,
  `--pid-file=${join(folder, 'pid')}`,
  '--skip-log-bin',
  '--skip-name-resolve',
  '--innodb-buffer-pool-size=64M',
  '--innodb-flush-log-at-trx-commit=0',
  '--performance-schema=OFF',
  '--character-set-server=utf8mb4',
  '--default-time-zone=+00:00',
];

/** Also for making the data. */
const toSharedArgs = (folder: string) => [
  '--no-defaults',
  `--datadir=${join(folder, 'data')}`,
  `--tmpdir=${folder}`, // another server that starts clears its leftovers from a shared one
  ...asRoot,
  '--innodb-log-file-size=8M',
];

/** Both servers refuse to run as root unless told so. */
const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];

/** Starts an empty server in the scratch folder, in about a second, and gives its port. */
export async function runMariadb({
  scratch,
  program,
  password,
  answers,
}: MariadbOptions): Promise<number> {
  const port = await freePort();
  const folder = join(scratch.folder, `mysql-${port}`);
  await mkdir(join(folder, 'data'), { recursive: true });
  const isMariadb = (await run(program, ['--version'])).stdout.includes('MariaDB');
  const shared = toSharedArgs(folder);
  await (isMariadb ? makeMariadb(program, shared) : makeMysql(program, shared));

  const init = join(folder, 'init.sql'); // run at start, one statement a line
  await writeFile(init, toInit(password), { mode: 0o600 });
  await runServer(scratch, {
    program,
    args: [
      ...toServerArgs(folder, port),
      `--init-file=${init}`,
      ...(isMariadb ? [] : ['--mysqlx=OFF']),
    ],
    answers: () => answers(port),
  });
  return port;
}

/** What `mariadb-install-db` does, without the client programs that it needs. Root's password-less accounts go. */
async function makeMariadb(program: string, args: string[]): Promise<void> {
  const tables = await systemTables(program);
  const sql = [
    'CREATE DATABASE IF NOT EXISTS mysql;',
    'USE mysql;',
    'SET @auth_root_socket=NULL;',
    tables,
    "DELETE FROM mysql.global_priv WHERE User='root';",
    'DELETE FROM mysql.proxies_priv;',
    '',
  ].join('\n');
  await fed(program, [...args, '--bootstrap', '--silent-startup', '--log-warnings=0'], sql);
}

const makeMysql = (program: string, args: string[]) =>
  fed(program, [...args, '--initialize-insecure'], '');

/** The statements that make the server's own tables stand beside it; 11.x names the files after MariaDB. */
async function systemTables(program: string): Promise<string> {
  const prefix = dirname(dirname(program));
  const folders = ['mysql', 'mariadb'].flatMap((name) => [
    join(prefix, 'share', name),
    join('/usr/share', name),
  ]);
  for (const folder of folders)
    for (const brand of ['mysql', 'mariadb']) {
      const files = [
        `${brand}_system_tables.sql`,
        `${brand}_performance_tables.sql`,
        `${brand}_system_tables_data.sql`,
        'maria_add_gis_sp_bootstrap.sql',
        `${brand}_sys_schema.sql`,
      ].map((file) => readFile(join(folder, file), 'utf8'));
      const texts = await Promise.all(files).catch(() => undefined);
      if (texts) return texts.join('\n');
    }
  throw new Error(
    `the SQL files that belong to ${program} were not found in ${folders.join(', ')}`,
  );
}

async function fed(program: string, args: string[], sql: string): Promise<void> {
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] });
  child.stdin.on('error', () => {}); // it ended early, and says why on stderr
  child.stdin.end(sql);
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  if (code !== 0) throw new Error(`could not make an empty database: ${said.slice(-500)}`);
}

const toInit = (password: string) => `
CREATE USER IF NOT EXISTS 'root'@'%' IDENTIFIED BY '${password}';
GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;
DROP USER IF EXISTS 'root'@'localhost';
`;
