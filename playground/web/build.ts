import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

const root = import.meta.dirname;
const project = join(root, '../..');
const cache = join(project, 'node_modules/.cache/playground-web');
const dayMs = 24 * 60 * 60 * 1000;

/**
 * Builds the page unless this very state of its sources was built before.
 *
 * Returns the absolute path of the folder to serve; it stays valid for at least a day. Throws what the build complains about.
 */
export async function buildPage(): Promise<string> {
  const folder = join(cache, await fingerprint());
  if (existsSync(folder)) return folder;
  // Built aside and renamed: a second build at the same time, or one cut half-way, never shows as a finished page.
  await mkdir(cache, { recursive: true });
  await forgetOldPages();
  const scratch = await mkdtemp(`${folder}.`);
  try {
    await runBuild(scratch);
    await rename(scratch, folder);
  } catch (error) {
    await rm(scratch, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** Vite decides by NODE_ENV what React it bundles, so the build gets a thread with an environment of its own. */
async function runBuild(outDir: string): Promise<void> {
  const worker = new Worker(new URL('./build-worker.ts', import.meta.url), {
    env: { NODE_ENV: 'production' },
    workerData: { root, outDir },
  });
  const [code] = await once(worker, 'exit');
  if (code !== 0) throw new Error(`The playground's page could not be built (exit code ${code}).`);
}

async function fingerprint(): Promise<string> {
  const names = (await readdir(root, { recursive: true })).sort();
  const hash = createHash('sha256');
  for (const file of [join(project, 'package.json'), ...names.map((name) => join(root, name))]) {
    if ((await stat(file)).isFile()) hash.update(file).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
}

async function forgetOldPages(): Promise<void> {
  for (const name of await readdir(cache)) {
    const folder = join(cache, name);
    // Another build may be tidying up, too.
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > dayMs) await rm(folder, { recursive: true, force: true });
  }
}
