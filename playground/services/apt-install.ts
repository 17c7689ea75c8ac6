import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { findProgram } from './find-program.ts';

/**
 * Installs the first of these Debian packages that the machine's sources offer; false where there is no `apt-get`.
 *
 * As root, else through sudo, which may ask for the password when a person sits at the terminal.
 * The packages wanted here hold programs only: nothing is enabled or started.
 */
export async function aptInstall(
  packages: string[],
  say: (line: string) => void,
): Promise<boolean> {
  const apt = await findProgram(['apt-get']);
  const isDebian = await access('/etc/debian_version').then(
    () => true,
    () => false,
  );
  if (!apt || !isDebian) return false;

  const asRoot = process.getuid?.() === 0 ? [] : await sudo();
  if (!asRoot) return false;

  const install = (name: string) =>
    command([...asRoot, apt, 'install', '--yes', '--no-install-recommends', ...wait, name]);
  say(`Installing ${packages[0]} with apt-get …`);
  for (const name of packages) if (await install(name)) return true;
  await command([...asRoot, apt, 'update', ...wait]); // a fresh machine knows no packages yet
  for (const name of packages) if (await install(name)) return true;
  return false;
}

/** Another apt-get may be at work. */
const wait = ['-o', 'DPkg::Lock::Timeout=120'];

async function sudo(): Promise<string[] | undefined> {
  const program = await findProgram(['sudo']);
  if (!program) return undefined;
  return process.stdin.isTTY ? [program] : [program, '--non-interactive'];
}

async function command([program = '', ...args]: string[]): Promise<boolean> {
  const child = spawn(program, args, {
    stdio: [process.stdin.isTTY ? 'inherit' : 'ignore', 'ignore', 'ignore'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  const [code] = await once(child, 'exit').catch(() => [1]);
  return code === 0;
}
