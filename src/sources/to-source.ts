import type { HttpServer, Source, StdioServer } from '../agent/source.ts';
import { readVariables } from '../config.ts';
import { toChild } from '../connector-children.ts';
import { connectors } from '../connectors/index.ts';
import { looksSecret } from '../looks-secret.ts';
import { fillVariables } from './fill-variables.ts';
import { problemOfHeader, type ServerEntry, type SourceEntry } from './sources-file.ts';
import type { Fault } from './to-faults.ts';

/** A source as the file describes it, with its variables filled in; only to be used when there are no faults. */
export interface ReadSource {
  source: Source;
  /** Values that must never leave the process in an answer. */
  secrets: string[];
  faults: Fault[];
}

/** A further instance of a connector of ours. Paths of faults begin at the entry. */
export function toInstance(name: string, entry: SourceEntry, env: NodeJS.ProcessEnv): ReadSource {
  const connector = connectors.find((connector) => connector.name === entry.connector);
  if (!connector) throw new TypeError(`no connector ${entry.connector}`); // the schema knows them all
  const filler = openFiller(env);
  const own = filler.record(entry.env, ['env']);
  const unset = new Set(filler.faults.map(({ path }) => path.at(-1)));
  const wrong = readVariables(connector.env, own).faults.filter(({ name }) => !unset.has(name));
  const title = entry.title ?? `${connector.title} (${name})`;
  return {
    source: toChild(connector, { ...own, LOG_LEVEL: env.LOG_LEVEL }, { name, title, label: title }),
    secrets: secretsIn(own),
    faults: [
      ...filler.faults,
      ...wrong.map(({ name, problem }) => ({ path: name ? ['env', name] : ['env'], problem })),
    ],
  };
}

/** Somebody else's MCP server. Paths of faults begin at the entry. */
export function toExternal(name: string, entry: ServerEntry, env: NodeJS.ProcessEnv): ReadSource {
  const filler = openFiller(env);
  const title = entry.title ?? name;
  const server =
    entry.url === undefined ? toStdio(entry, filler) : toHttp(entry.url, entry, filler);
  return {
    source: {
      name,
      title,
      label: title,
      server,
      kind: { type: 'external', readTools: [...new Set(entry.readTools)] },
    },
    secrets: secretsIn(server.type === 'http' ? server.headers : server.env),
    faults: filler.faults,
  };
}

function toStdio(
  { command = '', args = [], env = {}, cwd }: ServerEntry,
  filler: Filler,
): StdioServer {
  return {
    type: 'stdio',
    command: [
      filler.text(command, ['command']),
      ...args.map((arg, index) => filler.text(arg, ['args', index])),
    ],
    env: filler.record(env, ['env']),
    ...(cwd !== undefined && { cwd: filler.text(cwd, ['cwd']) }),
  };
}

function toHttp(url: string, { headers = {} }: ServerEntry, filler: Filler): HttpServer {
  const filled = filler.text(url, ['url']);
  const problem = filler.faults.length === 0 && problemOf(filled);
  if (problem) filler.faults.push({ path: ['url'], problem });
  const sent = filler.record(headers, ['headers']);
  for (const [name, value] of Object.entries(sent)) {
    const problem = problemOfHeader(value);
    if (problem) filler.faults.push({ path: ['headers', name], problem });
  }
  return { type: 'http', url: filled, headers: sent };
}

/** A token over plain HTTP can be read on its way; in the address it stands in logs. */
function problemOf(url: string): string | undefined {
  if (!URL.canParse(url)) return 'is no address; it looks like https://mcp.example.com/mcp';
  const { protocol, hostname, username, password } = new URL(url);
  if (username || password) return 'must not hold a user or password; send an Authorization header';
  if (protocol === 'https:') return undefined;
  if (protocol !== 'http:') return 'must begin with https://';
  return loopback.test(hostname)
    ? undefined
    : 'must begin with https://; http is for this machine only';
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

type Filler = ReturnType<typeof openFiller>;

/** Fills texts, and gathers what could not be. */
function openFiller(env: NodeJS.ProcessEnv) {
  const faults: Fault[] = [];
  function text(given: string, path: PropertyKey[]): string {
    const filled = fillVariables(given, env);
    if ('text' in filled) return filled.text;
    faults.push({ path, problem: filled.fault });
    return '';
  }
  const record = (given: Record<string, string | undefined>, path: PropertyKey[]) =>
    Object.fromEntries(
      Object.entries(given).map(([key, value = '']) => [key, text(value, [...path, key])]),
    );
  return { faults, text, record };
}

/** Of `Bearer abc` the `abc` alone is a secret as well. */
const secretsIn = (values: Record<string, string>): string[] =>
  Object.entries(values)
    .filter(([name]) => looksSecret(name))
    .flatMap(([, value]) => [...new Set([value, value.split(' ').at(-1) ?? ''])])
    .filter((secret) => secret.length >= 8);
