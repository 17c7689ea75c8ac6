#!/usr/bin/env node
/** `node src/connectors/shopify/main.ts [--check|--help]`: Shopify alone, over stdio. */
import { serveConnector } from '../serve-connector.ts';
import { shopify } from './index.ts';

process.exit(await serveConnector(shopify, { args: process.argv.slice(2), env: process.env }));
