/** `npm run docs`: the table of tools in each connector's README, from the code. */
import { readFile, writeFile } from 'node:fs/promises';
import { connectors } from '../src/connectors/index.ts';
import { environments } from '../test/contract/environments.ts';
import { putTable, toToolTable } from './tool-table.ts';

for (const connector of connectors) {
  const path = new URL(`../src/connectors/${connector.name}/README.md`, import.meta.url);
  const open = await connector.open(connector.env.parse(environments[connector.name]));
  await writeFile(path, putTable(await readFile(path, 'utf8'), toToolTable(open.tools)));
  await open.close();
}
