import { readFileSync } from 'node:fs';

const manifest: unknown = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);

/** Of this package, as MCP's clients are told it. Read rather than imported: compiled files lie beside `src`. */
export const { version } = manifest as { version: string };
