import { expect, it } from 'vitest';
import { toProblem } from '../../src/agent/source-health.ts';

it.each<[string, string | undefined, string | undefined]>([
  ['all well', '{"ok":true,"lines":[{"ok":true,"what":"reachable"}]}', undefined],
  ['no health resource', undefined, undefined],
  [
    'the first fault with its fix',
    '{"ok":false,"lines":[{"ok":true,"what":"a"},{"ok":false,"what":"No answer","fix":"Do this."}]}',
    'No answer. Do this.',
  ],
  ['a fault without a line', '{"ok":false,"lines":[]}', 'It does not answer.'],
  ['no JSON', 'oops', 'Its health report can’t be read.'],
  ['other JSON', '{"ok":"yes"}', 'Its health report can’t be read.'],
])('%s', (_, text, problem) => {
  expect(toProblem(text)).toBe(problem);
});
