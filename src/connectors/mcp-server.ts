import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  type ContentBlock,
  ErrorCode,
  InitializeRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { log as processLog } from '../log.ts';
import { version } from '../version.ts';
import { briefSchema, dropVacuous } from './brief-schema.ts';
import { callTool } from './call-tool.ts';
import type { CheckLine, Connector, OpenConnector, Tool } from './connector.ts';
import { checkQuickly } from './health.ts';
import { ResultGone, resultType, type Spool } from './spool.ts';
import { ToolError } from './tool-error.ts';

/** A caller that asked for progress hears from a long call this often, in milliseconds. */
const heartbeat = 5_000;

/**
 * Speaks MCP for an open connector. The one file that knows the SDK's server side.
 *
 * What an answer cannot hold goes to the spool, and the answer gets a `resource_link` to it; without a spool such
 * answers are their head alone.
 *
 * The low-level `Server` rather than `McpServer`: the latter answers bad arguments in words of its own.
 */
export function toMcpServer(connector: Connector, open: OpenConnector, spool?: Spool): Server {
  const { name, title } = connector;
  const log = processLog.child({ connector: name });
  const server = new Server(
    { name: `connectormcp-${name}`, title, version: version },
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
    const context = { signal: extra.signal, progress, log, spool };
    const reply = await callTool(open.tools, params.name, params.arguments, context).finally(() =>
      clearInterval(beat),
    );
    const content: ContentBlock[] = [{ type: 'text', text: reply.text }];
    if (reply.picture) content.push({ type: 'image', ...reply.picture });
    if (reply.link) content.push({ type: 'resource_link', ...reply.link });
    return reply.structured
      ? { content, structuredContent: reply.structured }
      : { content, isError: true };
  });

  const resources = toResources(connector, open);
  server.setRequestHandler(ListResourcesRequestSchema, () => ({
    resources: resources.map(({ read: _, ...resource }) => resource),
  }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: spool ? [toTemplate(name)] : [],
  }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }, { signal }) => {
    const resource = spool?.owns(uri)
      ? { mimeType: resultType, read: () => spool.read(uri) }
      : resources.find((resource) => resource.uri === uri);
    if (!resource) throw new McpError(ErrorCode.InvalidParams, 'There is no such resource');
    try {
      const text = await resource.read(signal);
      return { contents: [{ uri, mimeType: resource.mimeType, text }] };
    } catch (error) {
      if (error instanceof ResultGone) throw new McpError(ErrorCode.InvalidParams, error.message);
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
  inputSchema: toObjectSchema(
    z.toJSONSchema(input, {
      io: 'input',
      override: ({ jsonSchema }) => dropVacuous(jsonSchema),
    }),
  ),
  outputSchema: toObjectSchema(
    briefSchema(
      z.toJSONSchema(output, {
        io: 'output',
        override: ({ jsonSchema }) => {
          delete jsonSchema.additionalProperties;
          dropVacuous(jsonSchema);
        },
      }),
    ),
  ),
});

function toObjectSchema({ $schema: _, ...schema }: Record<string, unknown>) {
  return { ...schema, type: 'object' as const };
}

/** Results are not listed: who may read one was given its address. */
const toTemplate = (name: string) => ({
  uriTemplate: `${name}://result/{id}{?page}`,
  name: 'result',
  description: 'Rows that an answer linked to, as JSON lines; each page begins with a header',
  mimeType: resultType,
});

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

/** Answers a client's first message with the reason why there is nothing to serve. Resolves when it has been told. */
export function refuseClient(reason: string): { server: Server; told: Promise<void> } {
  const server = new Server({ name: 'connectormcp', version: version });
  const { promise: told, resolve } = Promise.withResolvers<void>();
  server.setRequestHandler(InitializeRequestSchema, () => {
    setImmediate(resolve); // after the answer is written
    throw new Error(reason);
  });
  return { server, told };
}
