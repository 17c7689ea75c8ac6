/** `node src/connectors/serve.ts <name> [options]`: one connector alone. */

import { nearest } from '../nearest.ts';
import { connectors } from './index.ts';
import { serveConnector } from './serve-connector.ts';

const [name = '', ...args] = process.argv.slice(2);
const connector = connectors.find((connector) => connector.name === name);
if (connector) process.exit(await serveConnector(connector, { args, env: process.env }));

const names = connectors.map((connector) => connector.name);
const [close] = nearest(name, names, 1);
process.stderr.write(
  `Usage: npm run connector -- <name> [--check|--http PORT|--tools a,b|--help]\nNames: ${names.join(', ')}${close && close !== name ? `. Did you mean ${close}?` : ''}\n`,
);
process.exit(1);
