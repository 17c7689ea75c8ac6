import { expect, it } from 'vitest';
import { initialValue } from '../../../playground/web/src/blocks/initial-value.ts';

const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value });
const richText = {
  type: 'rich_text',
  elements: [
    {
      type: 'rich_text_section',
      elements: [
        { type: 'text', text: 'One ' },
        { type: 'text', text: 'line' },
      ],
    },
    {
      type: 'rich_text_list',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'item' }] }],
    },
    { type: 'rich_text_section', elements: [{ type: 'link', url: 'https://example.com/' }] },
  ],
};

it.each<[string, object, unknown]>([
  ['plain_text_input', { initial_value: 'Ada' }, 'Ada'],
  ['plain_text_input', {}, null],
  ['plain_text_input', { initial_value: 7 }, null],
  ['rich_text_input', { initial_value: richText }, 'One line\nitem\nhttps://example.com/'],
  ['static_select', { initial_option: option('a') }, 'a'],
  ['static_select', { initial_option: 'a' }, null],
  ['multi_static_select', { initial_options: [option('a'), option('b'), null] }, ['a', 'b']],
  ['multi_static_select', {}, []],
  ['checkboxes', { initial_options: [option('a')] }, ['a']],
  ['users_select', { initial_user: 'U1' }, 'U1'],
  ['multi_users_select', { initial_users: ['U1', 2] }, ['U1']],
  ['conversations_select', { initial_conversation: 'C1' }, 'C1'],
  ['datepicker', { initial_date: '2026-11-01' }, '2026-11-01'],
  ['datetimepicker', { initial_date_time: 1_790_000_000 }, '1790000000'],
  ['datetimepicker', { initial_date_time: 'soon' }, null],
  ['file_input', {}, []],
  ['button', { value: 'x' }, undefined],
  ['constructor', {}, undefined],
])('%s %j begins with %j', (type, fields, value) => {
  expect(initialValue({ type, ...fields })).toEqual(value);
});

it.each([undefined, null, 7, 'x', []])('%j is no element and holds nothing', (element) => {
  expect(initialValue(element)).toBeUndefined();
});
