import type { Log } from '../log.ts';
import { ChildRefused } from './child-errors.ts';
import { isOfferable, toDefinition } from './external-tools.ts';
import type { McpChild, McpTool } from './mcp-client.ts';
import type { Source } from './source.ts';
import { toProblem } from './source-health.ts';
import type { SourceWatch } from './source-watch.ts';
import type { ToolDefinition } from './toolbox.ts';

/** How long a connector may take to list its tools or read its resources, in milliseconds. */
const patience = 10_000;

/** How often the digest is read anew, in milliseconds: every change costs everybody's prompt cache. */
const digestMs = 3_600_000;

/**
 * Looks at a connector of ours: its annotations hold, and it has a health and a digest of its own.
 *
 * @param scheme the connector's name, under which its resources stand
 */
export function watchConnector(source: Source, scheme: string, log: Log): SourceWatch {
  let digest: string | undefined;
  let digestAt = Number.NEGATIVE_INFINITY;

  async function refreshDigest(child: McpChild): Promise<void> {
    if (digest !== undefined && performance.now() - digestAt < digestMs) return;
    digestAt = performance.now();
    digest = await child.read(`${scheme}://digest`, patience).catch((error: unknown) => {
      log.warn({ source: source.name, err: error }, 'digest failed');
      return digest;
    });
  }

  return {
    admit: async (child) => ({ tools: toTools(source, await child.listTools(patience)), digest }),
    async ask(child, { tools }) {
      const problem = toProblem(await child.read(`${scheme}://health`, patience));
      if (!problem) await refreshDigest(child);
      return { tools, problem, digest };
    },
    problemOf: (error) => (error instanceof ChildRefused ? error.message.slice(0, 500) : undefined),
  };
}

/** What a child declares is checked before a model sees it: names the API takes, bounded texts, no doubles. */
function toTools({ name: source, label }: Source, tools: McpTool[]): ToolDefinition[] {
  const names = new Set<string>();
  return tools.filter(readsOnly).flatMap(({ name, description = '', inputSchema }) => {
    const text = description.slice(0, 1_024).toWellFormed();
    const tool = toDefinition(source, { name, description: text, inputSchema }, label);
    if (!isOfferable(tool.name) || names.has(tool.name)) return [];
    names.add(tool.name);
    return [tool];
  });
}

const readsOnly = ({ annotations }: McpTool) => annotations?.readOnlyHint === true;
