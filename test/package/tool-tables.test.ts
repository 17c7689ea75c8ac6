import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { putTable, toToolTable } from '../../scripts/tool-table.ts';
import { defineTool } from '../../src/connectors/connector.ts';
import { connectors } from '../../src/connectors/index.ts';
import { environments } from '../contract/environments.ts';

it.each(connectors.map((connector) => [connector.name, connector] as const))(
  'stands in the README of %s as the code has it (else: npm run docs)',
  async (name, connector) => {
    const readme = await readFile(`src/connectors/${name}/README.md`, 'utf8');
    const open = await connector.open(connector.env.parse(environments[name]));
    expect(readme).toBe(putTable(readme, toToolTable(open.tools)));
    await open.close();
  },
);

it.each(connectors)(
  'stands beside how $name is put into a client, and every variable that people set',
  async ({ name, env }) => {
    const readme = await readFile(`src/connectors/${name}/README.md`, 'utf8');
    expect(readme.match(/^## .*$/gm)?.slice(0, 3)).toEqual([
      '## In a client',
      '## Variables',
      '## Tools',
    ]);
    const variables = Object.entries(env.shape).filter(
      ([, field]) => !/stand-in|credential chain$/.test((field as z.ZodType).description ?? ''),
    );
    for (const [variable] of variables) expect(readme).toContain(`\`${variable}\``);
  },
);

it('names arguments, what they are by default, and which tools write', () => {
  const table = toToolTable([
    defineTool({
      name: 'put_thing',
      description: 'Puts a | somewhere\nelse.',
      input: z.object({
        key: z.string(),
        limit: z.int().default(100),
        mode: z.enum(['a', 'b']).default('a'),
        cursor: z.string().optional(),
      }),
      output: z.object({}),
      annotations: { readOnlyHint: false, openWorldHint: false },
      run: async () => ({}),
    }),
  ]);
  expect(table.split('\n')[2]).toBe(
    '| `put_thing` (write) | `key`, `limit=100`, `mode="a"`, `cursor?` | Puts a \\| somewhere else. |',
  );
});

it('refuses a README that has no place for a table', () => {
  expect(() => putTable('# Things', '')).toThrow('no place for its tools');
});
