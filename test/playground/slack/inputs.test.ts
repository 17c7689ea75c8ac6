import { describe, expect, it } from 'vitest';
import type { SubmitRequest } from '../../../playground/slack/control-types.ts';
import {
  type Bolt,
  control,
  modes,
  openModal,
  payloadOf,
  plain,
  startBolt,
} from './bolt-fixture.ts';

type Picked = SubmitRequest['values'][string][string];

const option = (value: string) => ({ text: plain(value), value });
const options = ['a', 'b', 'c'].map(option);
const input = (element: object, more: object = {}) => ({
  type: 'input',
  block_id: 'b',
  label: plain('Label'),
  element: { action_id: 'e', ...element },
  ...more,
});
const modalOf = (...blocks: object[]) => ({
  type: 'modal',
  callback_id: 'form',
  title: plain('Form'),
  submit: plain('Save'),
  blocks,
});

/** A modal with these blocks, whose submissions are taken. */
async function openForm(bolt: Bolt, ...blocks: object[]) {
  bolt.app.view('form', async ({ ack }) => ack());
  return openModal(bolt, modalOf(...blocks));
}

function stateOf(payload: Record<string, unknown> | undefined) {
  type Filled = { state: { values: Record<string, Record<string, unknown>> } };
  const { view } = payload as { view: Filled };
  return view.state.values;
}

/** What is in `state.values` after a submission with one input. */
async function submitted(bolt: Bolt, element: object, picked: Picked | undefined, more = {}) {
  const view_id = await openForm(bolt, input(element, more));
  const values = picked === undefined ? {} : { b: { e: picked } };
  const errors = await bolt.slack.submit('@dana', view_id, values);
  return errors ?? stateOf(payloadOf(bolt.slack, 'view_submission')).b?.e;
}

const rich = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});

const filled: [type: string, element: object, picked: Picked, value: object][] = [
  ['plain_text_input', {}, 'typed', { value: 'typed' }],
  ['email_text_input', {}, 'a@b.example', { value: 'a@b.example' }],
  ['url_text_input', {}, 'https://b.example', { value: 'https://b.example' }],
  ['number_input', { is_decimal_allowed: false }, '7', { value: '7' }],
  ['rich_text_input', {}, 'words', { rich_text_value: rich('words') }],
  ['static_select', { options }, 'b', { selected_option: option('b') }],
  ['radio_buttons', { options }, 'c', { selected_option: option('c') }],
  ['checkboxes', { options }, ['a', 'c'], { selected_options: [option('a'), option('c')] }],
  ['multi_static_select', { options }, ['b', 'b', ''], { selected_options: [option('b')] }],
  ['users_select', {}, 'U0LUIS', { selected_user: 'U0LUIS' }],
  ['multi_users_select', {}, ['U0LUIS', 'U0MEI'], { selected_users: ['U0LUIS', 'U0MEI'] }],
  ['channels_select', {}, 'C0DATA', { selected_channel: 'C0DATA' }],
  ['multi_channels_select', {}, ['C0DATA'], { selected_channels: ['C0DATA'] }],
  ['conversations_select', {}, 'D0DANA', { selected_conversation: 'D0DANA' }],
  ['multi_conversations_select', {}, ['C0DATA'], { selected_conversations: ['C0DATA'] }],
  ['datepicker', {}, '2026-02-28', { selected_date: '2026-02-28' }],
  ['timepicker', {}, '23:59', { selected_time: '23:59' }],
  ['datetimepicker', {}, '1760000000', { selected_date_time: 1_760_000_000 }],
];

describe.each(modes)('what somebody puts in, over %s', (mode) => {
  it('arrives as each kind of element keeps it', async () => {
    await using bolt = await startBolt({}, mode);
    const blocks = filled.map(([type, element], i) =>
      input({ type, ...element }, { block_id: `b${i}` }),
    );
    const view_id = await openForm(bolt, ...blocks);
    const values = Object.fromEntries(filled.map(([, , picked], i) => [`b${i}`, { e: picked }]));
    expect(await bolt.slack.submit('@dana', view_id, values)).toBeUndefined();
    expect(stateOf(payloadOf(bolt.slack, 'view_submission'))).toEqual(
      Object.fromEntries(
        filled.map(([type, , , value], i) => [`b${i}`, { e: { type, ...value } }]),
      ),
    );
  });
});

describe('an input that nobody touched', () => {
  it.each([
    ['plain_text_input', { initial_value: 'old' }, { value: 'old' }],
    ['rich_text_input', { initial_value: rich('old') }, { rich_text_value: rich('old') }],
    ['static_select', { options, initial_option: option('a') }, { selected_option: option('a') }],
    ['external_select', { initial_option: option('x') }, { selected_option: option('x') }],
    [
      'checkboxes',
      { options, initial_options: [option('b')] },
      { selected_options: [option('b')] },
    ],
    ['users_select', { initial_user: 'U0MEI' }, { selected_user: 'U0MEI' }],
    ['multi_users_select', { initial_users: ['U0MEI'] }, { selected_users: ['U0MEI'] }],
    ['datepicker', { initial_date: '2026-01-01' }, { selected_date: '2026-01-01' }],
    ['datetimepicker', { initial_date_time: 1_760_000_000 }, { selected_date_time: 1_760_000_000 }],
  ])('holds what it began with: %s', async (type, element, value) => {
    await using bolt = await startBolt();
    expect(await submitted(bolt, { type, ...element }, undefined)).toEqual({ type, ...value });
  });

  it.each([
    ['plain_text_input', {}, { value: null }],
    ['static_select', { options }, { selected_option: null }],
    ['multi_static_select', { options }, { selected_options: [] }],
    ['datetimepicker', {}, { selected_date_time: null }],
    ['file_input', {}, { files: [] }],
  ])('and began with nothing holds nothing: %s', async (type, element, value) => {
    await using bolt = await startBolt();
    const optional = { optional: true };
    expect(await submitted(bolt, { type, ...element }, undefined, optional)).toEqual({
      type,
      ...value,
    });
  });

  it('and is required is refused', async () => {
    await using bolt = await startBolt();
    const errors = await submitted(bolt, { type: 'checkboxes', options }, undefined);
    expect(errors).toEqual({ b: 'Please complete this required field.' });
  });

  it('is empty when it was emptied, whatever it began with', async () => {
    await using bolt = await startBolt();
    const element = { type: 'plain_text_input', initial_value: 'old' };
    expect(await submitted(bolt, element, '', { optional: true })).toMatchObject({ value: null });
    const view_id = await openForm(bolt, input(element, { optional: true }));
    await bolt.slack.submit('@dana', view_id, { b: { e: null } });
    expect(stateOf(payloadOf(bolt.slack, 'view_submission')).b?.e).toMatchObject({ value: null });
  });
});

describe('what Slack refuses before the app hears of it', () => {
  const text = { type: 'plain_text_input' };
  const number = { type: 'number_input', is_decimal_allowed: false };
  const decimal = {
    type: 'number_input',
    is_decimal_allowed: true,
    min_value: '-1.5',
    max_value: '9',
  };
  it.each<[name: string, element: object, right: Picked, wrong: Picked, sentence: string]>([
    ['a short text', { ...text, min_length: 3 }, 'abc', 'ab', 'at least 3 characters'],
    ['a long text', { ...text, max_length: 3 }, 'abc', 'abcd', 'no more than 3 characters'],
    [
      'a text past Slack’s own limit',
      text,
      'x'.repeat(3_000),
      'x'.repeat(3_001),
      '3000 characters',
    ],
    ['an address without domain', { type: 'email_text_input' }, 'a@b.cd', 'a@b', 'valid email'],
    ['two addresses', { type: 'email_text_input' }, 'a@b.cd', 'a@b.cd e@f.gh', 'valid email'],
    ['no link', { type: 'url_text_input' }, 'http://x', 'x', 'valid URL'],
    ['a script', { type: 'url_text_input' }, 'https://x', 'javascript:alert(1)', 'valid URL'],
    ['words for a number', number, '-7', 'seven', 'valid number'],
    ['no number', number, '0', 'Infinity', 'valid number'],
    ['a fraction', number, '7', '7.5', 'whole number'],
    ['too small a number', decimal, '-1.5', '-1.6', 'at least -1.5'],
    ['too large a number', decimal, '9', '9.01', 'at most 9'],
    [
      'too many picked',
      { type: 'multi_static_select', options, max_selected_items: 2 },
      ['a', 'b'],
      ['a', 'b', 'c'],
      'no more than 2 items',
    ],
  ])('%s', async (_name, element, right, wrong, sentence) => {
    await using bolt = await startBolt();
    expect(await submitted(bolt, element, wrong)).toEqual({ b: expect.stringContaining(sentence) });
    expect(payloadOf(bolt.slack, 'view_submission')).toBeUndefined();
    const [view] = bolt.slack.state('@dana').views;
    expect(await bolt.slack.submit('@dana', String(view?.id), { b: { e: right } })).toBeUndefined();
  });

  it('is only what the element asks for when sizes are off', async () => {
    await using bolt = await startBolt({ limits: { sizes: false } });
    const long = 'x'.repeat(3_001);
    expect(await submitted(bolt, text, long)).toMatchObject({ value: long });
  });

  it.each<[string, object, Picked, string]>([
    ['an unknown option', { type: 'static_select', options }, 'z', 'no_such_option'],
    ['a person who is not there', { type: 'users_select' }, 'U0NOBODY', 'user_not_found'],
    ['a channel that is not there', { type: 'channels_select' }, 'C0NONE', 'channel_not_found'],
    ['a day that does not exist', { type: 'datepicker' }, '2026-13-01', 'invalid_arguments'],
    ['a time past midnight', { type: 'timepicker' }, '24:00', 'invalid_arguments'],
    ['a file that is not there', { type: 'file_input' }, ['F0'], 'file_not_found'],
  ])('cannot be picked at all: %s', async (_name, element, picked, error) => {
    await using bolt = await startBolt();
    const view_id = await openForm(bolt, input(element));
    const submit = { user: '@dana', view_id, values: { b: { e: picked } } };
    expect(await control(bolt.slack, 'submit', submit)).toMatchObject({ ok: false, error });
    expect(bolt.slack.state('@dana').views).toHaveLength(1);
  });
});

describe('files in a form', () => {
  const element = { type: 'file_input', filetypes: ['csv'], max_files: 2 };

  it('reach the app, which may read them', async () => {
    await using bolt = await startBolt();
    const { id } = bolt.slack.upload('@dana', 'rows.csv', 'a,b');
    expect(await submitted(bolt, element, [id])).toMatchObject({
      type: 'file_input',
      files: [{ id, name: 'rows.csv', size: 3, url_private_download: expect.any(String) }],
    });
    expect((await bolt.app.client.files.info({ file: id })).file?.name).toBe('rows.csv');
  });

  it.each([
    ['too many', ['a.csv', 'b.csv', 'c.csv'], 'no more than 2 files'],
    ['another type', ['a.png'], 'a.png is not of an allowed type: csv'],
  ])('are refused: %s', async (_name, names, sentence) => {
    await using bolt = await startBolt();
    const ids = names.map((name) => bolt.slack.upload('@dana', name, 'x').id);
    expect(await submitted(bolt, element, ids)).toEqual({ b: expect.stringContaining(sentence) });
  });

  it('are one’s own', async () => {
    await using bolt = await startBolt();
    const { id } = bolt.slack.upload('@luis', 'rows.csv', 'a,b');
    await expect(submitted(bolt, element, [id])).rejects.toThrow('file_not_found');
    await expect(bolt.app.client.files.info({ file: id })).rejects.toThrow('file_not_found');
  });
});

describe('a click', () => {
  const buttons = [
    { type: 'button', action_id: 'go', text: plain('Go'), value: 'v', style: 'primary' },
    { type: 'overflow', action_id: 'more', options },
    { type: 'checkboxes', action_id: 'boxes', options, initial_options: [option('a')] },
    { type: 'datepicker', action_id: 'day' },
    { type: 'multi_users_select', action_id: 'who', max_selected_items: 1 },
  ];

  async function posted(bolt: Bolt, ...blocks: object[]): Promise<string> {
    bolt.app.action(/.*/, async ({ ack }) => ack());
    const shown =
      blocks.length > 0 ? blocks : [{ type: 'actions', block_id: 'a', elements: buttons }];
    const { ts } = await bolt.app.client.chat.postMessage({
      channel: 'C0DATA',
      text: 'x',
      blocks: shown as never,
    });
    return String(ts);
  }

  it.each<[string, string, Picked | undefined, object]>([
    [
      'a button',
      'go',
      undefined,
      { type: 'button', value: 'v', text: plain('Go'), style: 'primary' },
    ],
    ['an overflow menu', 'more', 'b', { type: 'overflow', selected_option: option('b') }],
    ['checkboxes', 'boxes', ['b', 'c'], { selected_options: [option('b'), option('c')] }],
    ['a date', 'day', '2026-05-04', { selected_date: '2026-05-04' }],
    ['people', 'who', ['U0MEI'], { selected_users: ['U0MEI'] }],
  ])('tells the app: %s', async (_name, action_id, value, expected) => {
    await using bolt = await startBolt();
    const ts = await posted(bolt);
    const request = {
      user: '@dana',
      channel: '#data',
      ts,
      action_id,
      ...(value !== undefined && { value }),
    };
    expect(await control(bolt.slack, 'click', request)).toEqual({ ok: true });
    expect(payloadOf(bolt.slack, 'block_actions')).toMatchObject({
      container: { type: 'message', message_ts: ts, channel_id: 'C0DATA', is_ephemeral: false },
      actions: [{ action_id, block_id: 'a', action_ts: expect.any(String), ...expected }],
    });
  });

  it('brings what everything else holds by now: first values, what was picked before, and what the page says', async () => {
    await using bolt = await startBolt();
    const ts = await posted(bolt);
    await bolt.slack.click('@dana', '#data', ts, 'day', '2026-05-04');
    const values = { a: { who: ['U0MEI'] }, nowhere: { x: 'y' } };
    const request = { user: '@dana', channel: '#data', ts, action_id: 'go', values };
    expect(await control(bolt.slack, 'click', request)).toEqual({ ok: true });
    expect(payloadOf(bolt.slack, 'block_actions')?.state).toEqual({
      values: {
        a: {
          boxes: { type: 'checkboxes', selected_options: [option('a')] },
          day: { type: 'datepicker', selected_date: '2026-05-04' },
          who: { type: 'multi_users_select', selected_users: ['U0MEI'] },
        },
      },
    });
    await bolt.slack.click('@luis', '#data', ts, 'go');
    expect(payloadOf(bolt.slack, 'block_actions')?.state).toMatchObject({
      values: { a: { day: { selected_date: null } } },
    });
  });

  it('in a view brings the view with what it holds', async () => {
    await using bolt = await startBolt();
    bolt.app.action('go', async ({ ack }) => ack());
    const blocks = [
      input({ type: 'plain_text_input', initial_value: 'old' }),
      { type: 'actions', block_id: 'a', elements: [buttons[0]] },
    ];
    const view_id = await openForm(bolt, ...blocks);
    await bolt.slack.clickView('@dana', view_id, 'go', undefined, { b: { e: 'new' } });
    const payload = payloadOf(bolt.slack, 'block_actions');
    expect(payload).toMatchObject({
      container: { type: 'view', view_id },
      actions: [{ value: 'v' }],
    });
    expect(stateOf(payload).b?.e).toMatchObject({ value: 'new' });
    expect(Object.keys(payload ?? {})).not.toContain('response_url');
  });

  it('that an input dispatches tells what is typed; others wait for the submission', async () => {
    await using bolt = await startBolt();
    bolt.app.action('e', async ({ ack }) => ack());
    const typing = { type: 'plain_text_input', min_length: 9 };
    const ts = await posted(
      bolt,
      input(typing, { dispatch_action: true }),
      input(typing, { block_id: 'c' }),
    );
    await bolt.slack.click('@dana', '#data', ts, 'e', 'typ');
    expect(payloadOf(bolt.slack, 'block_actions')?.actions).toMatchObject([
      { value: 'typ', block_id: 'b' },
    ]);
    const silent = {
      user: '@dana',
      channel: '#data',
      ts,
      action_id: 'e',
      block_id: 'c',
      value: 'x',
    };
    expect(await control(bolt.slack, 'click', silent)).toMatchObject({ error: 'no_such_action' });
  });

  it.each<[string, object, string]>([
    ['on nothing', { action_id: 'none' }, 'no_such_action'],
    ['on an unknown option', { action_id: 'more', value: 'z' }, 'no_such_option'],
    ['with too many', { action_id: 'who', value: ['U0MEI', 'U0LUIS'] }, 'invalid_arguments'],
    ['by somebody outside', { action_id: 'go', user: '@stefan' }, 'message_not_found'],
    ['by somebody who left', { action_id: 'go', user: '@walt' }, 'account_inactive'],
    ['in another channel', { action_id: 'go', channel: '#general' }, 'message_not_found'],
    ['of a wrong kind', { action_id: 'go', value: 7 }, 'invalid_arguments'],
  ])('%s is refused', async (_name, request, error) => {
    await using bolt = await startBolt();
    const ts = await posted(bolt);
    const whole = { user: '@dana', channel: '#data', ts, ...request };
    expect(await control(bolt.slack, 'click', whole)).toMatchObject({ ok: false, error });
    expect(payloadOf(bolt.slack, 'block_actions')).toBeUndefined();
  });
});
