import { describe } from 'vitest';

/** In one process: each file of tests of its own would load the parser of Markdown anew. */
describe('adf-to-markdown', async () => void (await import('./adf/adf-to-markdown.ts')));
describe('markdown-to-adf', async () => void (await import('./adf/markdown-to-adf.ts')));
describe('round-trip', async () => void (await import('./adf/round-trip.ts')));
describe('uncarried-parts', async () => void (await import('./adf/uncarried-parts.ts')));
