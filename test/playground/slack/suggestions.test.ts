import { describe, expect, it } from 'vitest';
import {
  type Bolt,
  control,
  modes,
  openModal,
  payloadOf,
  plain,
  startBolt,
} from './bolt-fixture.ts';

const option = (value: string) => ({ text: plain(value.slice(0, 75) || 'none'), value });
const many = (count: number) => Array.from({ length: count }, (_, i) => option(`o${i}`));

const menu = (more: object = {}) => ({
  type: 'modal',
  callback_id: 'pick',
  title: plain('Pick'),
  submit: plain('Save'),
  blocks: [
    {
      type: 'input',
      block_id: 'table',
      label: plain('Table'),
      element: { type: 'external_select', action_id: 'name', min_query_length: 1, ...more },
    },
  ],
});

/** What the menu in a modal offers for `value` when the app answers with `answer`. */
async function suggested(bolt: Bolt, answer: unknown, { value = 'or', more = {} } = {}) {
  bolt.app.options('name', async ({ ack }) => ack(answer as never));
  const view_id = await openModal(bolt, menu(more));
  return control(bolt.slack, 'suggest', { user: '@dana', view_id, action_id: 'name', value });
}

describe.each(modes)('an external menu, over %s', (mode) => {
  it('offers what the app answers, and what is picked comes back whole', async () => {
    await using bolt = await startBolt({}, mode);
    const answer = await suggested(bolt, { options: [option('orders'), option('origins')] });
    expect(answer).toEqual({ ok: true, options: [option('orders'), option('origins')] });
    const view_id = String(bolt.slack.state('@dana').views[0]?.id);
    expect(payloadOf(bolt.slack, 'block_suggestion')).toMatchObject({
      type: 'block_suggestion',
      action_id: 'name',
      block_id: 'table',
      value: 'or',
      user: { id: 'U0DANA' },
      container: { type: 'view', view_id },
      view: { id: view_id, callback_id: 'pick' },
    });
    bolt.app.view('pick', async ({ ack }) => ack());
    await bolt.slack.submit('@dana', view_id, { table: { name: 'origins' } });
    expect(payloadOf(bolt.slack, 'view_submission')?.view).toMatchObject({
      state: { values: { table: { name: { selected_option: option('origins') } } } },
    });
  });

  it('offers groups', async () => {
    await using bolt = await startBolt({}, mode);
    const option_groups = [{ label: plain('Shop'), options: [option('orders')] }];
    expect(await suggested(bolt, { option_groups })).toEqual({
      ok: true,
      options: [],
      option_groups,
    });
  });

  it('says so when the app does not answer', async () => {
    await using bolt = await startBolt({ ackTimeoutMs: 400 }, mode);
    bolt.app.options('name', async () => {});
    const view_id = await openModal(bolt, menu());
    const asked = { user: '@dana', view_id, action_id: 'name', value: 'or' };
    expect(await control(bolt.slack, 'suggest', asked)).toMatchObject({
      error: 'operation_timeout',
    });
  });
});

describe('an external menu', () => {
  it('stands in a message as well', async () => {
    await using bolt = await startBolt();
    bolt.app.options('name', async ({ ack }) => ack({ options: [option('orders')] }));
    bolt.app.action('name', async ({ ack }) => ack());
    const element = { type: 'external_select' as const, action_id: 'name', min_query_length: 0 };
    const { ts = '' } = await bolt.app.client.chat.postMessage({
      channel: 'C0DATA',
      text: 'which?',
      blocks: [{ type: 'actions', block_id: 'b', elements: [element] }],
    });
    const asked = { user: '@dana', channel: '#data', ts, action_id: 'name', value: '' };
    expect(await control(bolt.slack, 'suggest', asked)).toMatchObject({
      options: [{ value: 'orders' }],
    });
    expect(payloadOf(bolt.slack, 'block_suggestion')).toMatchObject({
      container: { type: 'message', channel_id: 'C0DATA', message_ts: ts },
      channel: { id: 'C0DATA' },
      message: { text: 'which?' },
    });
    await bolt.slack.click('@dana', '#data', ts, 'name', 'orders');
    expect(payloadOf(bolt.slack, 'block_actions')).toMatchObject({
      actions: [{ type: 'external_select', selected_option: option('orders') }],
    });
    const made = bolt.slack.click('@dana', '#data', ts, 'name', 'invented');
    await expect(made).rejects.toThrow('no_such_option');
  });

  it.each([
    ['by its own length', { min_query_length: 2 }, 'o', 'or'],
    ['by three characters otherwise', { min_query_length: undefined }, 'or', 'ord'],
  ])('asks the app from a length on: %s', async (_name, more, short, long) => {
    await using bolt = await startBolt();
    const answer = { options: [option('orders')] };
    expect(await suggested(bolt, answer, { value: short, more })).toEqual({
      ok: true,
      options: [],
    });
    expect(payloadOf(bolt.slack, 'block_suggestion')).toBeUndefined();
    const view_id = String(bolt.slack.state('@dana').views[0]?.id);
    const asked = { user: '@dana', view_id, action_id: 'name', value: long };
    expect(await control(bolt.slack, 'suggest', asked)).toMatchObject(answer);
  });

  it.each([
    ['a hundred options', { options: many(100) }],
    ['nothing found', { options: [] }],
    ['no groups', { option_groups: [] }],
    ['75 characters', { options: [{ text: plain('x'.repeat(75)), value: 'x'.repeat(150) }] }],
  ])('takes %s', async (_name, answer) => {
    await using bolt = await startBolt();
    expect(await suggested(bolt, answer)).toMatchObject({ ok: true });
  });

  it.each([
    ['101 options', { options: many(101) }, 'no more than 100'],
    ['101 groups', { option_groups: many(101) }, 'no more than 100'],
    ['76 characters', { options: [{ text: plain('x'.repeat(76)), value: 'x' }] }, 'less than 76'],
    ['a long value', { options: [{ text: plain('x'), value: 'x'.repeat(151) }] }, 'less than 151'],
    ['options and groups', { options: [], option_groups: [] }, 'not both'],
    ['neither', { text: 'hello' }, 'either options or option_groups'],
    ['an option without text', { options: [{ value: 'x' }] }, '/options/0'],
    ['no list', { options: 'orders' }, 'must be an array'],
    ['a bare list', [option('orders')], 'either options or option_groups'],
    ['an empty ack', undefined, 'options'],
  ])('refuses %s with a sentence', async (_name, answer, sentence) => {
    await using bolt = await startBolt();
    expect(await suggested(bolt, answer)).toMatchObject({
      ok: false,
      error: 'invalid_options',
      message: expect.stringContaining(sentence),
    });
  });

  it('is the only element with suggestions', async () => {
    await using bolt = await startBolt();
    const more = { type: 'users_select', min_query_length: undefined };
    expect(await suggested(bolt, { options: [] }, { more })).toMatchObject({
      error: 'no_such_action',
    });
  });
});
