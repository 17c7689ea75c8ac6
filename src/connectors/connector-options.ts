import { parseArgs } from 'node:util';
import { StartError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Tool } from './connector.ts';

/** What a connector's process is to do. */
export type ConnectorOptions = (
  | { mode: 'help' | 'version' | 'check' | 'stdio' }
  | { mode: 'http'; port: number; host: string }
) & {
  /** The tools to serve; all unless told. */
  tools?: string[];
};

/** How each option is shown by `--help`. */
export const optionHelp = [
  ['', 'serve MCP over stdio'],
  [
    '--http PORT',
    'serve MCP over Streamable HTTP at http://127.0.0.1:PORT/mcp; 0 takes a free port',
  ],
  [
    '--host ADDRESS',
    'with --http: listen there instead; beyond this machine only with MCP_HTTP_TOKEN',
  ],
  ['--tools a,b', 'only these tools'],
  ['--check', 'say whether the source answers, and how to mend it'],
  ['--version', 'say which version this is'],
] as const;

/** @throws StartError for what is no option of ours, or does not go together. */
export function readConnectorOptions(args: readonly string[]): ConnectorOptions {
  const { help, version, check, http, host, tools } = parse(args);
  if (help) return { mode: 'help' };
  if (version) return { mode: 'version' };
  const wanted = tools?.split(/[\s,]+/).filter(Boolean);
  const narrowed = wanted && { tools: wanted };
  if (wanted?.length === 0) throw new StartError('--tools takes names, e.g. --tools a,b.');
  if (check && http !== undefined) throw new StartError('Either --check or --http, not both.');
  if (host !== undefined && http === undefined) throw new StartError('--host needs --http.');
  if (check) return { mode: 'check', ...narrowed };
  if (http === undefined) return { mode: 'stdio', ...narrowed };
  return { mode: 'http', port: toPort(http), host: host ?? '127.0.0.1', ...narrowed };
}

function parse(args: readonly string[]) {
  const flag = { type: 'boolean' } as const;
  const text = { type: 'string' } as const;
  const options = { help: flag, version: flag, check: flag, http: text, host: text, tools: text };
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    const { message } = cause as Error;
    const named = optionHelp.flatMap(([option]) => (option ? [option] : []));
    // Node's own sentence goes on with advice about positional arguments.
    const [what = ''] = message.split(/\. |\n/);
    throw new StartError(`${what.replace(/\.$/, '')}. There are ${named.join(', ')}, --help.`, {
      cause,
    });
  }
}

function toPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new StartError(`--http takes a port from 0 to 65535, not ${JSON.stringify(text)}.`);
}

/**
 * Those of the tools that were asked for, in their own order; all unless told.
 *
 * @throws StartError naming those that there are not.
 */
export function pickTools(tools: readonly Tool[], wanted: readonly string[] | undefined): Tool[] {
  if (!wanted) return [...tools];
  const names = tools.map(({ name }) => name);
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length === 0) return tools.filter(({ name }) => wanted.includes(name));
  const close = unknown.flatMap((name) => nearest(name, names, 1));
  throw new StartError(
    `There is no tool ${unknown.join(', ')}. ${close.length > 0 ? `Did you mean ${close.join(', ')}?` : `There are ${names.join(', ')}.`}`,
  );
}
