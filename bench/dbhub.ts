import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { MysqlService } from '../playground/services/start-mysql.ts';
import { StartError } from '../src/errors.ts';

const packageName = '@bytebase/dbhub';
const version = '1.4.0';
const folder = resolve('node_modules/.cache/bench-peers');

/** Read-only, and nothing else, so that no other setting of ours makes it slower. The account stays in its environment. */
const config = `[[sources]]
id = "shop"
dsn = "\${BENCH_DSN}"

[[tools]]
name = "execute_sql"
source = "shop"
readonly = true
`;

/**
 * Installs dbhub into a cache folder, unless it is there, and says how it is started.
 *
 * @throws StartError when it can't be installed.
 */
export async function prepareDbhub({ host, port, user, password, database }: MysqlService) {
  if (!(await isInstalled())) await install();
  await writeFile(`${folder}/dbhub.toml`, config);
  const dsn = `mysql://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
  return {
    name: `dbhub ${version}`,
    command: [
      process.execPath,
      `${folder}/node_modules/${packageName}/dist/index.js`,
      `--config=${folder}/dbhub.toml`,
    ],
    // Not `DSN`, with which it would also start without its configuration, and then not read-only.
    env: { BENCH_DSN: dsn },
    cwd: folder,
  };
}

/** npm writes this list last: an installation that was cut half-way has none. */
async function isInstalled(): Promise<boolean> {
  const list = await readFile(`${folder}/node_modules/.package-lock.json`, 'utf8').catch(
    () => '{}',
  );
  const { packages } = JSON.parse(list) as { packages?: Record<string, { version?: string }> };
  return packages?.[`node_modules/${packageName}`]?.version === version;
}

async function install(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  const args = ['install', '--prefix', folder, ...options, `${packageName}@${version}`];
  await promisify(execFile)('npm', args, { timeout: 300_000 }).catch((cause: unknown) => {
    throw new StartError(
      `${packageName} ${version} could not be installed into node_modules/.cache/bench-peers. Run it where npm reaches its registry, or leave "peers" out.`,
      { cause },
    );
  });
}
