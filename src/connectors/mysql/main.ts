#!/usr/bin/env node
/** `node src/connectors/mysql/main.ts [--check|--help]`: MySQL alone, over stdio. */
import { serveConnector } from '../serve-connector.ts';
import { mysql } from './index.ts';

process.exit(await serveConnector(mysql, { args: process.argv.slice(2), env: process.env }));
