import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Connector } from '../../src/connectors/connector.ts';
import { connectors } from '../../src/connectors/index.ts';
import { log } from '../../src/log.ts';
import { connectClient } from '../support/connect-client.ts';
import { environments } from './environments.ts';

log.level = 'warn'; // the connectors run in this process

async function connect(connector: Connector) {
  const open = await connector.open(connector.env.parse(environments[connector.name]));
  return { ...(await connectClient(connector, open)), open };
}

it('gives every connector a name of its own', () => {
  const names = connectors.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

it('keeps the definitions of all tools in a budget', async () => {
  const sizes = connectors.map(async (connector) => {
    await using source = await connect(connector);
    return JSON.stringify(await source.client.listTools()).length;
  });
  const all = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(all, 'about 10,500 tokens').toBeLessThanOrEqual(42_000);
});

describe.each(connectors.map((connector) => [connector.name, connector] as const))(
  '%s',
  (name, connector) => {
    it('describes every variable', () => {
      for (const [variable, field] of Object.entries(connector.env.shape)) {
        expect(variable).toMatch(/^[A-Z][A-Z0-9_]*$/);
        expect(
          z.toJSONSchema(field as z.ZodType, { io: 'input' }).description,
          variable,
        ).toBeTruthy();
      }
    });

    it('keeps the rules for tools', async () => {
      await using source = await connect(connector);
      const { tools } = await source.client.listTools();
      expect(tools.length).toBeGreaterThan(0);
      expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length);
      for (const tool of tools) {
        expect(tool.name).toMatch(/^[a-z]+(_[a-z0-9]+)+$/);
        expect(tool.name, 'hosts add the prefix').not.toMatch(new RegExp(`^${name}_`));
        expect(tool.description?.length, tool.name).toBeGreaterThan(20);
        expect(tool.description?.length, tool.name).toBeLessThanOrEqual(400);
        expect(tool.annotations).toMatchObject({
          readOnlyHint: expect.any(Boolean),
          openWorldHint: expect.any(Boolean),
        });
        expect(tool.inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
        expect(tool.outputSchema).toMatchObject({ type: 'object', properties: expect.anything() });
        expect(tool.outputSchema, 'a later version may say more').not.toHaveProperty(
          'additionalProperties',
        );
        for (const argument of Object.keys(tool.inputSchema.properties ?? {}))
          expect(argument).toMatch(/^[a-z]+(_[a-z]+)*$/);
        const { next_cursor, truncated } = tool.outputSchema?.properties ?? {};
        if (next_cursor) expect(truncated, `${tool.name} pages`).toBeDefined();
      }
    });

    it('lists its tools byte for byte the same each time, in a budget', async () => {
      await using source = await connect(connector);
      const first = JSON.stringify(await source.client.listTools());
      expect(JSON.stringify(await source.client.listTools())).toBe(first);
      expect(first.length, 'about 3,500 tokens').toBeLessThanOrEqual(14_000);
    });

    it('answers an unknown argument of any tool with the names there are', async () => {
      await using source = await connect(connector);
      for (const { name } of source.open.tools) {
        const reply = await source.client.callTool({ name, arguments: { no_such_argument: 1 } });
        expect(reply).toMatchObject({
          isError: true,
          content: [
            { text: expect.stringMatching(/^INVALID_ARGUMENT: .*"no_such_argument".* Try: /) },
          ],
        });
      }
    });

    it('says in its health what is wrong while its source is down, and how to mend it', async () => {
      await using source = await connect(connector);
      const { contents } = await source.client.readResource({ uri: `${name}://health` });
      const content = contents[0];
      const health: unknown = JSON.parse(content && 'text' in content ? content.text : '');
      const variable = new RegExp(Object.keys(connector.env.shape).join('|'));
      expect(health).toMatchObject({
        ok: false,
        lines: [
          { ok: false, what: expect.stringMatching(/\w/), fix: expect.stringMatching(variable) },
        ],
      });
    });

    it('refuses a resource that it does not have', async () => {
      await using source = await connect(connector);
      const reading = source.client.readResource({ uri: `${name}://etc/passwd` });
      await expect(reading).rejects.toThrow('no such resource');
    });
  },
);
