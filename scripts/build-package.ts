/** `npm run build`: the connectors as JavaScript in `dist/`, for `npm pack`. Node runs no TypeScript under node_modules. */
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}dist`, { recursive: true, force: true });
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.package.json'], {
  cwd: root,
  stdio: 'inherit',
});
// What the compiler does not know: the data that connectors read, and what people read about them.
for (const asset of globSync('connectors/**/*.{br,gz,json,md,txt}', { cwd: `${root}src` }))
  cpSync(`${root}src/${asset}`, `${root}dist/${asset}`);
