import { expect, it } from 'vitest';
import {
  describeFault,
  type FaultForm,
  toFault,
} from '../../../playground/web/src/inspector/to-fault.ts';

const form = (more: Partial<FaultForm>): FaultForm => ({
  method: 'chat.update',
  kind: 'limited',
  detail: '',
  share: '100',
  count: '',
  ...more,
});

it.each<[Partial<FaultForm>, object, string]>([
  [{}, { status: 429, retryAfter: 1 }, 'chat.update: 429, retry after 1 s'],
  [{ detail: '30' }, { status: 429, retryAfter: 30 }, 'chat.update: 429, retry after 30 s'],
  [
    { method: ' ' },
    { method: '*', status: 429, retryAfter: 1 },
    'All methods: 429, retry after 1 s',
  ],
  [{ kind: 'broken' }, { status: 500 }, 'chat.update: HTTP 500'],
  [{ kind: 'delay', detail: '250' }, { delayMs: 250 }, 'chat.update: 250 ms late'],
  [{ kind: 'hang' }, { hang: true }, 'chat.update: no effect, no answer'],
  [{ kind: 'lost' }, { lostReply: true }, 'chat.update: done, but the reply is lost'],
  [{ kind: 'refused' }, { error: 'unknown_method' }, 'chat.update: unknown_method'],
  [
    { kind: 'hang', share: '12.5', count: '3' },
    { hang: true, share: 0.125, count: 3 },
    'chat.update: no effect, no answer; 12.5 % of the calls; 3 at most',
  ],
])('%j asks for %j', (filled, expected, described) => {
  const fault = toFault(form(filled));
  expect(fault).toEqual({ method: 'chat.update', ...expected });
  expect(typeof fault === 'string' ? fault : describeFault(fault)).toBe(described);
});

it.each<[Partial<FaultForm>, string]>([
  [{ share: '0' }, 'The share is more than 0 and at most 100 percent.'],
  [{ share: '101' }, 'The share is more than 0 and at most 100 percent.'],
  [{ share: 'half' }, 'The share is more than 0 and at most 100 percent.'],
  [{ count: '0' }, 'The count is a whole number, or empty.'],
  [{ count: '1.5' }, 'The count is a whole number, or empty.'],
  [{ detail: '1.5' }, 'Retry after takes whole seconds, at most 3600.'],
  [{ kind: 'broken', detail: '499' }, 'The status is 500 to 599.'],
  [{ kind: 'broken', detail: '600' }, 'The status is 500 to 599.'],
  [{ kind: 'delay', detail: '0' }, 'The delay is 1 to 600000 milliseconds.'],
  [{ kind: 'refused', detail: 'two words' }, 'The error is one word, such as fatal_error.'],
])('%j is refused', (filled, sentence) => {
  expect(toFault(form(filled))).toBe(sentence);
});
