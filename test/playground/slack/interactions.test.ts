import { afterEach, describe, expect, it, vi } from 'vitest';
import { payloadOf, startBolt } from './bolt-fixture.ts';
import { refusal } from './slack-fixture.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const modal = {
  type: 'modal' as const,
  callback_id: 'pick',
  title: plain('Pick'),
  submit: plain('Save'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'name',
      label: plain('Name'),
      element: { type: 'plain_text_input' as const, action_id: 'typed' },
    },
  ],
};

describe('a slash command', () => {
  it('may be answered by the ack, to the person alone', async () => {
    await using bolt = await startBolt();
    bolt.app.command('/datasource', async ({ ack }) => ack('mysql is connected'));
    await bolt.slack.command('@dana', '#data', '/datasource');
    expect(bolt.slack.messages('#data', { user: '@dana' })).toMatchObject([
      { text: 'mysql is connected', ephemeral_to: 'U0DANA', user: bolt.slack.bot.userId },
    ]);
    expect(bolt.slack.messages('#data', { user: '@luis' })).toEqual([]);
  });

  it('may be answered to all', async () => {
    await using bolt = await startBolt();
    bolt.app.command('/datasource', async ({ ack }) =>
      ack({ response_type: 'in_channel', text: 'for all' }),
    );
    await bolt.slack.command('@dana', '#data', '/datasource');
    expect(bolt.slack.messages('#data').map((one) => one.text)).toEqual(['for all']);
  });

  it('that nobody acks shows an error and is not repeated', async () => {
    await using bolt = await startBolt({ ackTimeoutMs: 30 });
    bolt.app.command('/datasource', async () => {});
    await expect(bolt.slack.command('@dana', '#data', '/datasource')).rejects.toThrow(
      'operation_timeout',
    );
    expect(bolt.slack.deliveries()).toMatchObject([{ attempts: 1, failed: true }]);
    expect(bolt.slack.messages('#data', { user: '@dana' })[0]?.text).toContain('operation_timeout');
  });

  it('that the manifest lacks does not exist', async () => {
    await using bolt = await startBolt();
    await expect(bolt.slack.command('@dana', '#data', '/other')).rejects.toThrow('unknown_command');
  });

  it('leaves an address for five answers', async () => {
    await using bolt = await startBolt();
    bolt.app.command('/datasource', async ({ ack }) => ack());
    await bolt.slack.command('@dana', '#data', '/datasource');
    const url = String(bolt.slack.deliveries()[0]?.body.response_url);
    const answer = () =>
      fetch(url, { method: 'POST', body: JSON.stringify({ text: 'more' }) }).then(
        async (response) => [response.status, await response.text()],
      );
    for (let i = 0; i < 5; i += 1) expect(await answer()).toEqual([200, 'ok']);
    expect(await answer()).toEqual([404, '{"ok":false,"error":"used_url"}']);
  });
});

describe('a response_url', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each<[string, object, number, unknown[]]>([
    ['is good for half an hour', {}, 30 * 60_000, [200, 'ok']],
    ['and no longer', {}, 30 * 60_000 + 1, [404, '{"ok":false,"error":"expired_url"}']],
    ['but for ever with deadlines off', { deadlines: false }, 24 * 3_600_000, [200, 'ok']],
  ])('%s', async (_name, limits, ms, expected) => {
    await using bolt = await startBolt({ limits });
    vi.useFakeTimers({ toFake: ['Date'] });
    bolt.app.command('/datasource', async ({ ack }) => ack());
    await bolt.slack.command('@dana', '#data', '/datasource');
    vi.setSystemTime(Date.now() + ms);
    const url = String(bolt.slack.deliveries()[0]?.body.response_url);
    const response = await fetch(url, { method: 'POST', body: JSON.stringify({ text: 'more' }) });
    expect([response.status, await response.text()]).toEqual(expected);
  });

  it('may be used any number of times with deadlines off', async () => {
    await using bolt = await startBolt({ limits: { deadlines: false } });
    bolt.app.command('/datasource', async ({ ack, respond }) => {
      await ack();
      for (let i = 0; i < 6; i += 1) await respond(`answer ${i}`);
    });
    await bolt.slack.command('@dana', '#data', '/datasource');
    expect(await bolt.slack.waitFor(({ text }) => text === 'answer 5')).toBeTruthy();
  });
});

describe('a click', () => {
  const button = { type: 'button', action_id: 'go', text: plain('Go') };
  const blocks = [{ type: 'actions', block_id: 'row', elements: [button] }];

  it('in an attachment says in which', async () => {
    await using bolt = await startBolt();
    bolt.app.action('go', async ({ ack, respond }) => {
      await ack();
      await respond({ replace_original: true, text: 'gone' });
    });
    const post = { channel: 'C0DATA', text: 'x', attachments: [{ text: 'one' }, { blocks }] };
    const { ts } = (await bolt.app.client.apiCall('chat.postMessage', post)) as { ts?: string };
    await bolt.slack.click('@dana', '#data', String(ts), 'go');
    expect(payloadOf(bolt.slack, 'block_actions')).toMatchObject({
      container: { type: 'message_attachment', attachment_id: 2, is_app_unfurl: false },
      actions: [{ action_id: 'go', block_id: 'row' }],
    });
    expect(await bolt.slack.waitFor(({ text }) => text === 'gone')).not.toHaveProperty(
      'attachments',
    );
  });

  it('on an ephemeral message does not tell what stood there', async () => {
    await using bolt = await startBolt();
    bolt.app.action('go', async ({ ack }) => ack());
    const post = { channel: 'C0DATA', user: 'U0DANA', text: 'x', blocks };
    const posted = await bolt.app.client.apiCall('chat.postEphemeral', post);
    const { message_ts } = posted as { message_ts?: string };
    await bolt.slack.click('@dana', '#data', String(message_ts), 'go');
    const payload = payloadOf(bolt.slack, 'block_actions');
    expect(payload).toMatchObject({ container: { type: 'message', is_ephemeral: true } });
    expect(payload).not.toHaveProperty('message');
  });

  it('tells what was picked, and the message can be replaced', async () => {
    await using bolt = await startBolt();
    bolt.app.action(
      { type: 'block_actions', action_id: 'source' },
      async ({ action, body, ack, respond }) => {
        await ack();
        if (action.type !== 'static_select') throw new Error(action.type);
        const text = `${body.user.id} picked ${action.selected_option.value}`;
        await respond({ replace_original: true, text });
      },
    );
    const options = ['mysql', 's3'].map((value) => ({ text: plain(value), value }));
    const select = { type: 'static_select' as const, action_id: 'source', options };
    const { ts } = await bolt.app.client.chat.postMessage({
      channel: 'C0DATA',
      text: 'which?',
      blocks: [{ type: 'actions', elements: [select] }],
    });
    await bolt.slack.click('@luis', '#data', String(ts), 'source', 's3');
    const message = await bolt.slack.waitFor({ channel: '#data', matches: 'U0LUIS picked s3' });
    expect(message.ts).toBe(ts);
    const again = bolt.slack.click('@luis', '#data', String(ts), 'source', 's3');
    await expect(again).rejects.toThrow('no_such_action');
  });
});

describe('a modal', () => {
  it('opens by trigger, refuses input, then takes it', async () => {
    await using bolt = await startBolt();
    bolt.app.command('/datasource', async ({ ack, client, body }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: modal });
    });
    const taken: unknown[] = [];
    bolt.app.view('pick', async ({ view, ack }) => {
      const { value } = view.state.values.name?.typed ?? {};
      if (value === 'bad') return ack({ response_action: 'errors', errors: { name: 'Not that.' } });
      taken.push(value);
      return ack();
    });
    await bolt.slack.command('@dana', '#data', '/datasource');
    const view = await bolt.slack.until(() => bolt.slack.state('@dana').views[0]);
    const submit = (value: string) =>
      bolt.slack.submit('@dana', view.id, { name: { typed: value } });
    expect(await submit('')).toEqual({ name: 'Please complete this required field.' });
    expect(await submit('bad')).toEqual({ name: 'Not that.' });
    expect(bolt.slack.state('@dana').views[0]?.errors).toEqual({ name: 'Not that.' });
    expect(await submit('good')).toBeUndefined();
    expect(taken).toEqual(['good']);
    expect(bolt.slack.state('@dana').views).toEqual([]);
    expect(bolt.slack.state('@luis').views).toEqual([]);
  });

  it('opens once per trigger', async () => {
    await using bolt = await startBolt();
    bolt.app.command('/datasource', async ({ ack }) => ack());
    await bolt.slack.command('@dana', '#data', '/datasource');
    const trigger_id = String(bolt.slack.deliveries()[0]?.body.trigger_id);
    const open = () => refusal(bolt.app.client.views.open({ trigger_id, view: modal }));
    expect(await open()).toBe('not refused');
    expect(await open()).toBe('exchanged_trigger_id');
  });

  it.each([
    ['a long title', { ...modal, title: plain('x'.repeat(25)) }],
    ['inputs without a submit button', { ...modal, submit: undefined }],
    ['another type', { ...modal, type: 'home' as const }],
  ])('is refused with %s', async (_name, view) => {
    await using bolt = await startBolt();
    bolt.app.command('/datasource', async ({ ack }) => ack());
    await bolt.slack.command('@dana', '#data', '/datasource');
    const trigger_id = String(bolt.slack.deliveries()[0]?.body.trigger_id);
    const call = bolt.app.client.apiCall('views.open', { trigger_id, view });
    expect(await refusal(call)).toBe('invalid_arguments');
  });
});

describe('the Home tab', () => {
  it('is published per person and guarded by its hash', async () => {
    await using bolt = await startBolt();
    const view = { type: 'home' as const, blocks: [{ type: 'divider' as const }] };
    const first = await bolt.app.client.views.publish({ user_id: 'U0DANA', view });
    expect(bolt.slack.state('@dana').homes[0]?.blocks).toMatchObject([{ type: 'divider' }]);
    expect(bolt.slack.state('@luis').homes).toEqual([]);
    const hash = String(first.view?.hash);
    await bolt.app.client.views.publish({ user_id: 'U0DANA', view, hash });
    const stale = bolt.app.client.views.publish({ user_id: 'U0DANA', view, hash });
    expect(await refusal(stale)).toBe('hash_conflict');
  });
});
