import { getCompileCacheDir } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Source, StdioServer } from './agent/source.ts';
import type { Connector } from './connectors/connector.ts';
import { connectors } from './connectors/index.ts';

/** The connectors that the environment switches on: as they say themselves, else when any of their variables is set. */
export const configuredConnectors = (env: NodeJS.ProcessEnv): Connector[] =>
  connectors.filter((connector) => {
    const own = ownVariables(connector, env);
    return connector.isConfigured?.(own) ?? Object.keys(own).length > 0;
  });

/**
 * How a connector is started as a process of its own, which is given its own variables and no others.
 *
 * @param as the name and title of a further instance; the connector's own unless told
 */
export function toChild(
  connector: Connector,
  env: NodeJS.ProcessEnv,
  as: { name: string; title: string; label?: string } = connector,
): Source & { server: StdioServer } {
  const cache = getCompileCacheDir();
  const level = env.LOG_LEVEL;
  return {
    name: as.name,
    title: as.title,
    kind: { type: 'connector', name: connector.name },
    ...(as.label && { label: as.label }),
    server: {
      type: 'stdio',
      command: [
        process.execPath,
        '--max-old-space-size=256',
        '--max-semi-space-size=4', // Node's own 32 MB grow with the first large result and stay
        fileURLToPath(new URL('connectors/serve.ts', import.meta.url)),
        connector.name,
      ],
      env: {
        ...ownVariables(connector, env),
        // The worker logs each call itself, with its run; a second line from the child costs a quarter millisecond.
        LOG_LEVEL: level && level !== 'info' ? level : 'warn',
        ...(cache ? { NODE_COMPILE_CACHE: cache } : {}),
      },
    },
  };
}

/** Those of its variables that are set: an empty one counts as missing. */
const ownVariables = ({ env: { shape } }: Connector, env: NodeJS.ProcessEnv) =>
  Object.fromEntries(
    Object.keys(shape).flatMap((name) => (env[name]?.trim() ? [[name, env[name]]] : [])),
  );
