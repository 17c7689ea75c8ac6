#!/usr/bin/env node
/** `node src/connectors/s3/main.ts [--check|--help]`: S3 alone, over stdio. */
import { serveConnector } from '../serve-connector.ts';
import { s3 } from './index.ts';

process.exit(await serveConnector(s3, { args: process.argv.slice(2), env: process.env }));
