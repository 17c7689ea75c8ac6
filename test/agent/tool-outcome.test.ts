import { describe, expect, it } from 'vitest';
import type { McpResult } from '../../src/agent/mcp-client.ts';
import { toOutcome } from '../../src/agent/tool-outcome.ts';
import type { ToolOutcome } from '../../src/agent/toolbox.ts';

const text = (words: string) => ({ type: 'text' as const, text: words });
const of = (structuredContent: Record<string, unknown>): McpResult => ({
  content: [],
  structuredContent,
});
const link = {
  type: 'resource_link' as const,
  uri: 'mysql://result/0123',
  name: 'rows.jsonl',
  description: 'All 5000 rows',
};

describe('a tool’s result for the model', () => {
  it.each<[string, McpResult, Partial<ToolOutcome>]>([
    ['text', { content: [text('{"a":1}')] }, { ok: true, content: '{"a":1}' }],
    ['only structure', of({ a: 1 }), { ok: true, content: '{"a":1}' }],
    ['nothing', { content: [] }, { ok: true, content: '(no result)' }],
    [
      'what is no text',
      { content: [text('a'), { type: 'image', data: '', mimeType: 'image/png' }] },
      { ok: true, content: 'a\n[image]' },
    ],
    [
      'a resource with its text, and one without',
      {
        content: [
          { type: 'resource', resource: { uri: 'x://1', text: 'inside' } },
          { type: 'resource', resource: { uri: 'x://2', blob: 'AAAA' } },
        ],
      },
      { ok: true, content: 'inside\n[resource]' },
    ],
    [
      'an answer with a link to the rest',
      { content: [text('{"a":1}'), link] },
      { ok: true, content: '{"a":1}' },
    ],
    [
      'a link alone',
      { content: [link] },
      { ok: true, content: expect.stringMatching(/link to a resource, which cannot be read/) },
    ],
    [
      'an error',
      { content: [text('REFUSED: no.')], isError: true },
      { ok: false, content: 'REFUSED: no.' },
    ],
    [
      'an error without a word',
      { content: [], isError: true },
      { ok: false, content: expect.stringContaining('UPSTREAM_ERROR') },
    ],
    ['row_count', of({ row_count: 3, truncated: true }), { rows: 3, truncated: true }],
    [
      'rows of which a link has more',
      of({ row_count: 3, rows: [1], total: 3 }),
      { rows: 1, total: 3 },
    ],
    ['rows', of({ rows: [1, 2] }), { rows: 2 }],
    ['count and total', of({ count: 2, total: 9 }), { rows: 2, total: 9 }],
    ['a total with a precision', of({ total: { value: 9, precision: 'exact' } }), { total: 9 }],
    ['counts that are none', of({ row_count: '3', total: null, truncated: 'no' }), { ok: true }],
  ])('%s', (_, result, outcome) => {
    const given = toOutcome(result);
    expect(given).toMatchObject(outcome);
    if (!('rows' in outcome)) expect(given).not.toHaveProperty('rows');
  });

  it('is cut at 48 kB of bytes, never within a character', () => {
    const { content, truncated } = toOutcome({ content: [text(`x${'é'.repeat(40_000)}`)] });
    expect(truncated).toBe(true);
    expect(Buffer.byteLength(content)).toBeLessThan(49_152);
    expect(JSON.parse(content).head).toMatch(/^xé+$/);
  });

  // Put together, so that no scanner takes this file for a leak.
  const secret = ['xoxb', '12345678', 'abcdefgh'].join('-');

  it.each<[string, McpResult]>([
    ['text', { content: [text(`{"rows":[["${secret}"]]}`)] }],
    ['structure', of({ rows: [[secret]] })],
    ['an error', { content: [text(`UPSTREAM_ERROR: ${secret} is not valid`)], isError: true }],
    [
      'an error that is cut in a secret',
      { content: [text(`${'x'.repeat(3_990)}${secret}`)], isError: true },
    ],
    [
      'a result that is cut in a secret',
      { content: [text(`${'x '.repeat(12_285)}${secret}${' x'.repeat(15_000)}`)] },
    ],
  ])('shows no secret in %s', (_, result) => {
    const { content } = toOutcome(result);
    expect(content).not.toContain('xoxb');
    expect(content).toContain('[redac');
  });

  it('stays within 48 kB when what stands for secrets is longer than they were', () => {
    const { content } = toOutcome({ content: [text('http://a:b@ '.repeat(4_000))] });
    expect(Buffer.byteLength(content)).toBeLessThan(49_152);
  });

  it('has no half of a character, since Claude’s API refuses the conversation for ever', () => {
    expect(toOutcome({ content: [text('{"a":"\ud83d"}')] }).content).toBe('{"a":"\ufffd"}');
  });

  it('an error of a megabyte is short', () => {
    const { content } = toOutcome({ content: [text('😀'.repeat(250_000))], isError: true });
    expect(content.length).toBeLessThan(5_000);
  });
});
