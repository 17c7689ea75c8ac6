/** Runs in a thread of its own, started by build.ts: one Vite build of the page. */
import { workerData } from 'node:worker_threads';
import { build } from 'vite';

const { root, outDir } = workerData as { root: string; outDir: string };

await build({
  root,
  configFile: false,
  envFile: false,
  logLevel: 'error',
  base: './',
  build: {
    outDir,
    emptyOutDir: true,
    chunkSizeWarningLimit: 2000,
    modulePreload: { polyfill: false },
  },
});
