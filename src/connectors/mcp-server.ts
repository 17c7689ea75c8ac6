import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  ErrorCode,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { log as processLog } from '../log.ts';
import { callTool } from './call-tool.ts';
import type { CheckLine, Connector, OpenConnector, Tool } from './connector.ts';
import { checkQuickly } from './health.ts';
import { ToolError } from './tool-error.ts';

/** A caller that asked for progress hears from a long call this often, in milliseconds. */
const heartbeat = 5_000;

/**
 * Speaks MCP for an open connector. The one file that knows the SDK's server side.
 *
 * The low-level `Server` rather than `McpServer`: the latter answers bad arguments in words of its own.
 */
export function toMcpServer(connector: Connector, open: OpenConnector): Server {
  const { name, title } = connector;
  const log = processLog.child({ connector: name });
  const server = new Server(
    { name: `connectormcp-${name}`, title, version: packageJson.version },
    { capabilities: { tools: {}, resources: {} } },
  );
  server.onerror = (error) => log.warn({ error: error.message }, 'protocol');

  const tools = open.tools.map(toMcpTool);
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const token = extra._meta?.progressToken;
    let step = 0;
    const progress = (message: string) => {
      if (token === undefined) return;
      const params = { progressToken: token, progress: ++step, message };
      extra.sendNotification({ method: 'notifications/progress', params }).catch(() => {}); // the caller is gone
    };
    const started = Date.now();
    const beat = setInterval(
      () => progress(`Still working after ${Math.round((Date.now() - started) / 1000)} s`),
      heartbeat,
    );
    const context = { signal: extra.signal, progress, log };
    const reply = await callTool(open.tools, params.name, params.arguments, context).finally(() =>
      clearInterval(beat),
    );
    const content = [{ type: 'text' as const, text: reply.text }];
    return reply.structured
      ? { content, structuredContent: reply.structured }
      : { content, isError: true };
  });

  const resources = toResources(connector, open);
  server.setRequestHandler(ListResourcesRequestSchema, () => ({
    resources: resources.map(({ read: _, ...resource }) => resource),
  }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }, { signal }) => {
    const resource = resources.find((resource) => resource.uri === uri);
    if (!resource) throw new McpError(ErrorCode.InvalidParams, 'There is no such resource');
    try {
      const text = await resource.read(signal);
      return { contents: [{ uri, mimeType: resource.mimeType, text }] };
    } catch (error) {
      if (error instanceof ToolError) throw new McpError(ErrorCode.InternalError, error.message);
      log.error({ resource: uri, error: error instanceof Error ? error.stack : String(error) });
      throw new McpError(ErrorCode.InternalError, `${title} could not be read`);
    }
  });
  return server;
}

/** The tool's JSON schemas. What a result may hold stays open: a later version may say more. */
const toMcpTool = ({ name, description, input, output, annotations }: Tool) => ({
  name,
  description,
  annotations: { ...annotations },
  inputSchema: toObjectSchema(z.toJSONSchema(input, { io: 'input' })),
  outputSchema: toObjectSchema(
    z.toJSONSchema(output, {
      io: 'output',
      override: ({ jsonSchema }) => {
        delete jsonSchema.additionalProperties;
      },
    }),
  ),
});

function toObjectSchema({ $schema: _, ...schema }: Record<string, unknown>) {
  return { ...schema, type: 'object' as const };
}

interface Resource {
  uri: string;
  name: string;
  description: string;
  mimeType: string;
  read(signal: AbortSignal): Promise<string>;
}

function toResources({ name, title }: Connector, open: OpenConnector): Resource[] {
  const health: Resource = {
    uri: `${name}://health`,
    name: 'health',
    description: `Whether ${title} answers, and what to mend if not`,
    mimeType: 'application/json',
    read: async (signal) => toHealth(await checkQuickly(open, signal)),
  };
  if (!open.digest) return [health];
  const digest: Resource = {
    uri: `${name}://digest`,
    name: 'digest',
    description: `What ${title} holds, in a few lines`,
    mimeType: 'text/plain',
    read: (signal) => open.digest?.(signal) ?? Promise.resolve(''),
  };
  return [digest, health];
}

const toHealth = (lines: CheckLine[]) =>
  JSON.stringify({ ok: lines.every((line) => line.ok), lines });
