import { describe, expect, it } from 'vitest';
import {
  actions,
  button,
  faultsOf,
  input,
  mrkdwn,
  option,
  outcome,
  plain,
  rich,
  times,
  x,
} from './block-samples.ts';

const act = (type: string, more: object = {}) => [actions({ type, ...more })];
const ask = (type: string, more: object = {}) => [input({ type, ...more })];
const menu = (more: object = {}) => act('static_select', { options: [option()], ...more });
const confirm = (more: object = {}) => [actions(button({ confirm: { text: mrkdwn(), ...more } }))];
const feedback = (more: object = {}) => [
  {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        positive_button: { text: plain(), value: 'up', ...more },
        negative_button: { text: plain(), value: 'down' },
      },
    ],
  },
];
const icon = (more: object = {}) => [
  {
    type: 'context_actions',
    elements: [{ type: 'icon_button', icon: 'trash', text: plain(), ...more }],
  },
];
const url = (length: number) => `https://example.test/${x(length - 21)}`;

describe('limits of elements, at the edge and past it', () => {
  it.each([
    ['action_id', (n: number) => [actions(button({ action_id: x(n) }))], 255],
    ['button text', (n: number) => [actions(button({ text: plain(n) }))], 75],
    ['button value', (n: number) => [actions(button({ value: x(n) }))], 2_000],
    ['button url', (n: number) => [actions(button({ url: url(n) }))], 3_000],
    ['button label', (n: number) => [actions(button({ accessibility_label: x(n) }))], 75],
    ['confirm title', (n: number) => confirm({ title: plain(n) }), 100],
    ['confirm text', (n: number) => confirm({ text: mrkdwn(n) }), 300],
    ['confirm yes', (n: number) => confirm({ confirm: plain(n) }), 30],
    ['confirm no', (n: number) => confirm({ deny: plain(n) }), 30],
    ['options', (n: number) => menu({ options: times(n, option()) }), 100],
    ['option text', (n: number) => menu({ options: [option({ text: plain(n) })] }), 75],
    ['option value', (n: number) => menu({ options: [option({ value: x(n) })] }), 150],
    [
      'option description',
      (n: number) => menu({ options: [option({ description: plain(n) })] }),
      75,
    ],
    [
      'option groups',
      (n: number) =>
        act('static_select', { option_groups: times(n, { label: plain(), options: [option()] }) }),
      100,
    ],
    [
      'group label',
      (n: number) =>
        act('static_select', { option_groups: [{ label: plain(n), options: [option()] }] }),
      75,
    ],
    ['placeholder', (n: number) => menu({ placeholder: plain(n) }), 150],
    ['overflow', (n: number) => act('overflow', { options: times(n, option()) }), 5],
    ['checkboxes', (n: number) => act('checkboxes', { options: times(n, option()) }), 10],
    ['radio buttons', (n: number) => act('radio_buttons', { options: times(n, option()) }), 10],
    [
      'picked at the start',
      (n: number) =>
        act('multi_users_select', { max_selected_items: 2, initial_users: times(n, 'U1') }),
      2,
    ],
    [
      'picked options',
      (n: number) =>
        act('multi_static_select', {
          options: [option()],
          max_selected_items: 2,
          initial_options: times(n, option()),
        }),
      2,
    ],
    ['min length', (n: number) => ask('plain_text_input', { min_length: n }), 3_000],
    ['max length', (n: number) => ask('plain_text_input', { max_length: n }), 3_000],
    [
      'min length below max',
      (n: number) => ask('plain_text_input', { min_length: n, max_length: 7 }),
      7,
    ],
    ['initial text', (n: number) => ask('plain_text_input', { initial_value: x(n) }), 3_000],
    [
      'min value below max',
      (n: number) =>
        ask('number_input', { is_decimal_allowed: true, min_value: `${n}`, max_value: '7' }),
      7,
    ],
    ['rich text lines', (n: number) => ask('rich_text_input', { max_lines: n }), 100],
    [
      'dispatch triggers',
      (n: number) =>
        ask('plain_text_input', {
          dispatch_action_config: { trigger_actions_on: times(n, 'on_enter_pressed') },
        }),
      2,
    ],
    ['label', (n: number) => [{ ...input({ type: 'plain_text_input' }), label: plain(n) }], 2_000],
    ['hint', (n: number) => [{ ...input({ type: 'plain_text_input' }), hint: plain(n) }], 2_000],
    ['feedback text', (n: number) => feedback({ text: plain(n) }), 75],
    ['feedback value', (n: number) => feedback({ value: x(n) }), 2_000],
    ['feedback label', (n: number) => feedback({ accessibility_label: x(n) }), 75],
    ['icon text', (n: number) => icon({ text: plain(n) }), 75],
    ['icon value', (n: number) => icon({ value: x(n) }), 2_000],
    [
      'list indent',
      (n: number) => [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_list',
              style: 'bullet',
              indent: n,
              elements: [{ type: 'rich_text_section', elements: [] }],
            },
          ],
        },
      ],
      8,
    ],
  ] as const)('%s', (_name, build, edge) => {
    expect(faultsOf(build(edge))).toEqual([]);
    expect(outcome(build(edge + 1))).toBe('invalid_blocks');
  });

  it('files, which can be asked for in modals', () => {
    const files = (max: number) => outcome(ask('file_input', { max_files: max }), 'modal');
    expect([files(0), files(1), files(10), files(11)]).toEqual([
      'invalid_arguments',
      'fine',
      'fine',
      'invalid_arguments',
    ]);
  });
});

describe('broken elements are refused', () => {
  it.each([
    ['an unknown one', act('lever')],
    ['one without a type', [{ type: 'actions', elements: [{}] }]],
    ['one that is no object', [{ type: 'actions', elements: ['button'] }]],
    ['a type that objects inherit', act('__proto__')],
    ['a button without text', act('button')],
    ['a mrkdwn button', [actions(button({ text: mrkdwn() }))]],
    ['a button in a style of its own', [actions(button({ style: 'loud' }))]],
    ['a button that runs a script', [actions(button({ url: 'javascript:alert(1)' }))]],
    ['a button to nowhere', [actions(button({ url: 'nowhere' }))]],
    ['an empty confirm', [actions(button({ confirm: {} }))]],
    ['a text input among actions', act('plain_text_input')],
    ['a menu without options', act('static_select')],
    [
      'a menu with options twice',
      menu({ option_groups: [{ label: plain(), options: [option()] }] }),
    ],
    ['an option of mrkdwn in a menu', menu({ options: [option({ text: mrkdwn() })] })],
    ['an option without value', menu({ options: [{ text: plain() }] })],
    ['a start that is not offered', menu({ initial_option: option({ value: 'other' }) })],
    [
      'a start in no group',
      act('static_select', {
        option_groups: [{ label: plain(), options: [option()] }],
        initial_option: option({ value: 'o' }),
      }),
    ],
    [
      'a checked box that is not there',
      act('checkboxes', { options: [option()], initial_options: [option({ value: 'o' })] }),
    ],
    ['nothing to pick', act('multi_users_select', { max_selected_items: 0 })],
    ['a date that is none', act('datepicker', { initial_date: '2026-13-01' })],
    ['a date in words', act('datepicker', { initial_date: 'tomorrow' })],
    ['a time past midnight', act('timepicker', { initial_time: '24:00' })],
    ['a moment in milliseconds', act('datetimepicker', { initial_date_time: 1_750_000_000_000 })],
    ['a number input that does not say which', ask('number_input')],
    ['a number that is none', ask('number_input', { is_decimal_allowed: false, min_value: 'few' })],
    ['a filter of nothing', act('conversations_select', { filter: {} })],
    ['a filter for unknown kinds', act('conversations_select', { filter: { include: ['all'] } })],
    [
      'an unknown trigger',
      ask('plain_text_input', { dispatch_action_config: { trigger_actions_on: ['on_blur'] } }),
    ],
    ['an icon of its own', icon({ icon: 'rocket' })],
    ['feedback without value', feedback({ value: undefined })],
    ['focus that is no flag', act('datepicker', { focus_on_load: 'yes' })],
    [
      'focus on two',
      [
        ...act('datepicker', { focus_on_load: true }),
        ...act('timepicker', { focus_on_load: true }),
      ],
    ],
    ['the action_id of an input that is no string', ask('plain_text_input', { action_id: 7 })],
  ])('%s', (_name, blocks) => {
    expect(outcome(blocks)).toBe('invalid_blocks');
  });
});

describe('elements that are fine', () => {
  it.each([
    [
      'a menu in groups',
      act('static_select', {
        option_groups: [{ label: plain(), options: [option()] }],
        initial_option: option(),
      }),
    ],
    [
      'boxes with mrkdwn',
      act('checkboxes', {
        options: [option({ text: mrkdwn() })],
        initial_options: [option({ text: mrkdwn() })],
      }),
    ],
    ['an external menu', act('external_select', { min_query_length: 0 })],
    ['a menu of channels', act('channels_select')],
    ['a menu of people', act('multi_users_select', { initial_users: ['U1'] })],
    [
      'a menu of conversations',
      act('conversations_select', {
        filter: { include: ['im'] },
        default_to_current_conversation: true,
      }),
    ],
    ['a date', act('datepicker', { initial_date: '2026-02-28' })],
    ['a time', act('timepicker', { initial_time: '23:59' })],
    ['a moment', act('datetimepicker', { initial_date_time: 1_750_000_000 })],
    [
      'a link in an overflow',
      act('overflow', { options: [option({ url: 'https://example.test' })] }),
    ],
    ['an email', ask('email_text_input')],
    ['an address', ask('url_text_input')],
    ['an empty start', ask('plain_text_input', { initial_value: '', multiline: true })],
    [
      'rich text to start with',
      ask('rich_text_input', { initial_value: rich({ type: 'text', text: 'x' }) }),
    ],
    [
      'a workflow',
      act('workflow_button', {
        text: plain(),
        workflow: { trigger: { url: 'https://example.test' } },
      }),
    ],
  ])('%s', (_name, blocks) => {
    expect(faultsOf(blocks)).toEqual([]);
  });
});

describe('rich text', () => {
  const inside = (type: string, more: object) => [
    { type: 'rich_text', elements: [{ type, ...more }] },
  ];
  const section = { type: 'rich_text_section', elements: [] };
  it.each([
    ['styled text', [rich({ type: 'text', text: 'x', style: { bold: true } })]],
    ['a link', [rich({ type: 'link', url: 'https://example.test' })]],
    ['an emoji', [rich({ type: 'emoji', name: 'eyes' })]],
    ['a person', [rich({ type: 'user', user_id: 'U1' })]],
    ['a group', [rich({ type: 'usergroup', usergroup_id: 'S1' })]],
    ['a channel', [rich({ type: 'channel', channel_id: 'C1' })]],
    ['everybody', [rich({ type: 'broadcast', range: 'here' })]],
    ['a colour', [rich({ type: 'color', value: '#fff' })]],
    ['a date', [rich({ type: 'date', timestamp: 1_750_000_000, format: '{date}' })]],
    ['a list', inside('rich_text_list', { style: 'ordered', elements: [section], border: 1 })],
    [
      'code',
      inside('rich_text_preformatted', {
        elements: [{ type: 'text', text: 'x' }],
        language: 'sql',
      }),
    ],
    ['a quote', inside('rich_text_quote', { elements: [{ type: 'text', text: 'x' }] })],
  ])('may have %s', (_name, blocks) => {
    expect(faultsOf(blocks)).toEqual([]);
  });

  it.each([
    ['no parts', [{ type: 'rich_text', elements: [] }]],
    ['empty text', [rich({ type: 'text', text: '' })]],
    ['an unknown part', [rich({ type: 'image' })]],
    ['an unknown section', inside('rich_text_table', { elements: [] })],
    ['a loose style', [rich({ type: 'text', text: 'x', style: { bold: 'yes' } })]],
    [
      'a list of text',
      inside('rich_text_list', { style: 'bullet', elements: [{ type: 'text', text: 'x' }] }),
    ],
    ['a list of no style', inside('rich_text_list', { elements: [section] })],
    [
      'a person in code',
      inside('rich_text_preformatted', { elements: [{ type: 'user', user_id: 'U1' }] }),
    ],
    ['a person of no name', [rich({ type: 'user' })]],
    ['text inside text', [rich(section)]],
  ])('has not %s', (_name, blocks) => {
    expect(outcome(blocks)).toBe('invalid_blocks');
  });

  it('is read no deeper than it can be', () => {
    let deep: unknown = { type: 'text', text: 'x' };
    for (let level = 0; level < 20_000; level += 1)
      deep = { type: 'rich_text_section', elements: [deep] };
    expect(outcome([rich(deep)])).toBe('invalid_blocks');
  });
});
