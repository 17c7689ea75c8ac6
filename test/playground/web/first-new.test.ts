import { expect, it } from 'vitest';
import type { Message } from '../../../playground/slack/control-types.ts';
import { firstNew } from '../../../playground/web/src/conversation/use-first-new.ts';

const said = (ts: string, user = 'U2') => ({ ts, user }) as Message;

it.each<[string, Message[], string | undefined, string | undefined]>([
  ['nothing was said', [], '1.000000', undefined],
  ['nothing was read before', [said('1.000001')], undefined, undefined],
  ['all was read', [said('1.000001')], '1.000001', undefined],
  ['one is new', [said('1.000001'), said('1.000002')], '1.000001', '1.000002'],
  ['one wrote oneself', [said('1.000002', 'U1'), said('1.000003')], '1.000001', '1.000003'],
  ['only oneself wrote', [said('1.000002', 'U1')], '1.000001', undefined],
])('finds where the new begins when %s', (_when, messages, readUpTo, expected) => {
  expect(firstNew(messages, 'U1', readUpTo)).toBe(expected);
});
