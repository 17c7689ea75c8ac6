/** Somebody else's MCP server over stdio: lists what stands in `tools.json` of its folder, whatever that is. Run as a child. */
import { readFileSync } from 'node:fs';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const { FIXTURE_DIR: folder = '' } = process.env;
const server = new Server(
  { name: 'external', version: '1' },
  { capabilities: { tools: { listChanged: true } } },
);

server.setRequestHandler(ListToolsRequestSchema, () => ({
  tools: JSON.parse(readFileSync(`${folder}/tools.json`, 'utf8')),
}));
server.setRequestHandler(CallToolRequestSchema, async ({ params: { name, arguments: args } }) => {
  if (name === 'huge') return text('x'.repeat(10_000_000));
  if (name === 'exit') process.exit(1);
  if (name === 'hang') return new Promise(() => {});
  if (name === 'odd') return { content: 'no list' } as never;
  if (name === 'announce') await server.sendToolListChanged();
  return text(JSON.stringify({ called: name, args }));
});

const text = (words: string) => ({ content: [{ type: 'text', text: words }] });

await server.connect(new StdioServerTransport());
process.stdin.on('close', () => process.exit(0));
