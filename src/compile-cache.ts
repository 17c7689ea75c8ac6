/** Preloaded by the npm scripts (`--import`): compiled modules are kept between starts, which saves about half a second. */
import { enableCompileCache } from 'node:module';

enableCompileCache('node_modules/.cache/node-compile');
