/** A small MCP server over stdio, as badly behaved as its tools are asked to be. Run as a child. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';

const { FIXTURE_DIR: folder = '', FIXTURE_PASSWORD: password = '' } = process.env;
if (existsSync(`${folder}/refuses-to-start`)) process.exit(1);
if (existsSync(`${folder}/says-why-not`)) {
  const reason = { code: -32603, message: 'Fixture is not served. The account may do too much.' };
  process.stdin.once('data', (line) => {
    const { id } = JSON.parse(String(line));
    process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, error: reason })}\n`, () =>
      process.exit(1),
    );
  });
  await new Promise(() => {});
}
process.stderr.write(`connecting with ${password}\n`);
appendFileSync(`${folder}/starts`, `${process.pid}\n`);

const server = new McpServer({ name: 'fixture', version: '1' });
const reads = { readOnlyHint: true };
const text = (words: string) => ({ content: [{ type: 'text' as const, text: words }] });
const structured = (value: Record<string, unknown>) => ({
  ...text(JSON.stringify(value)),
  structuredContent: value,
});

server.registerTool(
  'rows',
  { description: 'Rows.', inputSchema: { n: z.number() }, annotations: reads },
  ({ n }) => structured({ rows: Array(n).fill(['x'.repeat(100)]), row_count: n, truncated: false }),
);
server.registerTool('echo_env', { description: 'Its environment.', annotations: reads }, () =>
  structured({ names: Object.keys(process.env) }),
);
server.registerTool('fails', { description: 'Fails.', annotations: reads }, () => ({
  ...text('NOT_FOUND: no table custmers. Try: customers.'),
  isError: true,
}));
server.registerTool('loses_database', { description: 'Fails.', annotations: reads }, () => {
  appendFileSync(`${folder}/down`, '');
  return { ...text('UPSTREAM_ERROR: the database is gone.'), isError: true };
});
server.registerTool('crash_once', { description: 'Ends the process.', annotations: reads }, () => {
  if (existsSync(`${folder}/crashed`)) return structured({ row_count: 1 });
  appendFileSync(`${folder}/crashed`, '');
  process.exit(1);
});
server.registerTool('crash', { description: 'Ends the process.', annotations: reads }, () =>
  process.exit(1),
);
server.registerTool(
  'hang',
  { description: 'Never answers.', annotations: reads },
  ({ signal }) =>
    new Promise(() => {
      signal.addEventListener('abort', () => appendFileSync(`${folder}/cancelled`, ''));
    }),
);
server.registerTool('computes', { description: 'Never ends.', annotations: reads }, () => {
  for (;;);
});
server.registerTool(
  'slow',
  { description: 'Tells how far it is.', annotations: reads },
  async ({ sendNotification, _meta }) => {
    const progressToken = _meta?.progressToken ?? 0;
    for (const progress of [1, 2])
      await sendNotification({
        method: 'notifications/progress',
        params: { progressToken, progress, message: `page ${progress}` },
      });
    await setTimeout(300);
    return structured({ count: 2 });
  },
);
server.registerTool(
  'lies',
  {
    description: 'Against its schema.',
    outputSchema: { n: z.coerce.number() },
    annotations: reads,
  },
  () => structured({ n: '7' }),
);
server.registerTool(
  'write_row',
  { description: 'Writes.', annotations: { readOnlyHint: false } },
  () => {
    appendFileSync(`${folder}/written`, '');
    return text('written');
  },
);
server.registerTool('undeclared', { description: 'Says nothing of itself.' }, () => {
  appendFileSync(`${folder}/written`, '');
  return text('written');
});
server.registerTool('bad name!'.replace(' ', '.'), { description: 'x', annotations: reads }, () =>
  text('x'),
);

const resource = (name: string, words: () => string) =>
  server.registerResource(name, `fixture://${name}`, {}, (uri) => ({
    contents: [{ uri: uri.href, text: words() }],
  }));
const isDown = () => existsSync(`${folder}/down`);
resource('health', () =>
  JSON.stringify({
    ok: !isDown(),
    lines: [{ ok: !isDown(), what: 'The database does not answer.', fix: 'Check FIXTURE_HOST.' }],
  }),
);
resource('digest', () =>
  existsSync(`${folder}/digest`) ? readFileSync(`${folder}/digest`, 'utf8') : 'shop.orders: id int',
);

await server.connect(new StdioServerTransport());
process.stdin.on('close', () => process.exit(0));
