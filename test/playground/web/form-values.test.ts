import { describe, expect, it } from 'vitest';
import {
  formKey,
  keptValues,
  toRequestValues,
} from '../../../playground/web/src/blocks/form-values.ts';

type Picked = string | string[] | null;

const input = (block_id: string, action_id: string, more: object = {}) => ({
  type: 'input',
  block_id,
  element: { type: 'plain_text_input', action_id, ...more },
});
const typed = new Map([[formKey('name', 'value'), 'Ada']]);

describe('what was put in, after the app changed the blocks', () => {
  it.each([
    ['stays where both ids stayed', [input('name', 'value')], true],
    ['stays at another place', [{ type: 'divider' }, input('name', 'value')], true],
    ['goes with another block_id', [input('other', 'value')], false],
    ['goes with another action_id', [input('name', 'other')], false],
    ['goes with the input', [], false],
    [
      'goes when a button stands there',
      [{ type: 'actions', block_id: 'name', elements: [{ type: 'button', action_id: 'value' }] }],
      false,
    ],
  ])('%s', (_what, after, stays) => {
    const kept = keptValues(typed, [input('name', 'value')], after, true);
    expect([...kept.values()]).toEqual(stays ? ['Ada'] : []);
  });

  it.each([
    ['a modal keeps it', true, ['Ada']],
    ['a message takes the new one', false, []],
  ])('with another initial value: %s', (_what, keepAll, values) => {
    const after = [input('name', 'value', { initial_value: 'Bo' })];
    const kept = keptValues(typed, [input('name', 'value')], after, keepAll);
    expect([...kept.values()]).toEqual(values);
  });

  it('stays in blocks within blocks', () => {
    const nested = [{ type: 'container', child_blocks: [input('name', 'value')] }];
    expect(keptValues(typed, nested, structuredClone(nested), false).size).toBe(1);
  });
});

it('sends the values by block and action, whatever these are called', () => {
  const values = new Map<string, Picked>([
    [formKey('a', 'x'), '1'],
    [formKey('b', 'y'), null],
    [formKey('a', 'z'), ['2', '3']],
    [formKey('__proto__', 'constructor'), '4'],
  ]);
  expect(JSON.stringify(toRequestValues(values))).toBe(
    '{"a":{"x":"1","z":["2","3"]},"b":{"y":null},"__proto__":{"constructor":"4"}}',
  );
});
