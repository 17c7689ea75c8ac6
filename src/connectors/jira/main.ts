#!/usr/bin/env node
/** `node src/connectors/jira/main.ts [--check|--help]`: Jira alone, over stdio. */
import { serveConnector } from '../serve-connector.ts';
import { jira } from './index.ts';

process.exit(await serveConnector(jira, { args: process.argv.slice(2), env: process.env }));
