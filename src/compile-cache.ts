/** Preloaded by the npm scripts (`--import`): compiled modules are kept between starts, which saves about half a second. */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/node-compile', import.meta.url)));
