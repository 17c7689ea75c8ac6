import { getCompileCacheDir } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { ConnectorChild } from './agent/supervisor.ts';
import type { Connector } from './connectors/connector.ts';
import { connectors } from './connectors/index.ts';

/** The connectors that are switched on: those of whose variables any is set. */
export const configuredConnectors = (env: NodeJS.ProcessEnv): Connector[] =>
  connectors.filter((connector) => variablesOf(connector).some((name) => env[name]?.trim()));

/** How a connector is started as a process of its own, which is given its own variables and no others. */
export function toChild(connector: Connector, env: NodeJS.ProcessEnv): ConnectorChild {
  const own = variablesOf(connector).flatMap((name) => (env[name] ? [[name, env[name]]] : []));
  const cache = getCompileCacheDir();
  const level = env.LOG_LEVEL;
  return {
    name: connector.name,
    title: connector.title,
    command: [
      process.execPath,
      '--max-old-space-size=256',
      fileURLToPath(new URL('connectors/serve.ts', import.meta.url)),
      connector.name,
    ],
    env: {
      ...Object.fromEntries(own),
      // The worker logs each call itself, with its run; a second line from the child costs a quarter millisecond.
      LOG_LEVEL: level && level !== 'info' ? level : 'warn',
      ...(cache ? { NODE_COMPILE_CACHE: cache } : {}),
    },
  };
}

const variablesOf = ({ env }: Connector): string[] => Object.keys(env.shape);
