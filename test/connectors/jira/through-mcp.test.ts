import { describe } from 'vitest';

/**
 * What is called through MCP, in one process: each file of tests of its own would load the SDKs and make the shop anew,
 * which takes longer than the tests.
 */
describe('check', async () => void (await import('./through-mcp/check.ts')));
describe('tools', async () => void (await import('./through-mcp/tools.ts')));
describe('search', async () => void (await import('./through-mcp/search.ts')));
describe('projects', async () => void (await import('./through-mcp/projects.ts')));
describe('writes', async () => void (await import('./through-mcp/writes.ts')));
describe('faults', async () => void (await import('./through-mcp/faults.ts')));
