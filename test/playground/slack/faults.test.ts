import { describe, expect, it } from 'vitest';
import { Faults } from '../../../playground/slack/limits/faults.ts';
import { clientOf, start } from './slack-fixture.ts';

describe('which calls a fault hits', () => {
  const hits = (method: string, fault: object, calls: number) => {
    const faults = new Faults();
    faults.add({ method, ...fault });
    return Array.from({ length: calls }, () => (faults.hit('chat.update') ? 1 : 0)).join('');
  };
  it.each([
    ['chat.update', {}, '1111'],
    ['chat.*', {}, '1111'],
    ['*', {}, '1111'],
    ['chat.postMessage', {}, '0000'],
    ['chat.update', { count: 2 }, '11000'],
    ['chat.update', { share: 0.5 }, '010101'],
    ['chat.update', { share: 1 / 3 }, '001001001'],
    ['chat.update', { share: 0.5, count: 1 }, '010000'],
    ['chat.update', { share: 0 }, '0000'],
  ])('%s %j: %s', (method, fault, expected) => {
    expect(hits(method, fault, expected.length)).toBe(expected);
  });
});

it('hits only the calls of the app it is for', () => {
  const faults = new Faults();
  faults.add({ method: '*', app_id: 'A1' });
  expect(faults.hit('chat.update', 'A2')).toBeUndefined();
  expect(faults.hit('chat.update')).toBeUndefined();
  expect(faults.hit('chat.update', 'A1')).toBeDefined();
});

it('lists what can still hit, tells of every change, and forgets what is used up', () => {
  const faults = new Faults();
  let changes = 0;
  const stop = faults.onChange(() => {
    changes += 1;
  });
  const id = faults.add({ method: 'chat.*', count: 2 });
  faults.hit('chat.update');
  expect(faults.list()).toEqual([{ id, method: 'chat.*', count: 1 }]);
  faults.hit('chat.update');
  expect(faults.list()).toEqual([]);
  expect(changes).toBe(3);
  stop();
  faults.remove();
  expect(changes).toBe(3);
});

describe('a call that is hit', () => {
  const post = { channel: 'C0DATA', text: 'x' };

  it('gets 429 with the seconds to wait, once', async () => {
    await using slack = await start();
    slack.fault({ method: 'chat.postMessage', status: 429, retryAfter: 7, count: 1 });
    const client = clientOf(slack);
    await expect(client.chat.postMessage(post)).rejects.toMatchObject({ retryAfter: 7 });
    expect((await client.chat.postMessage(post)).ok).toBe(true);
  });

  it('gets 500 and has no effect', async () => {
    await using slack = await start();
    const end = slack.fault({ method: '*', status: 500 });
    const client = clientOf(slack);
    await expect(client.chat.postMessage(post)).rejects.toMatchObject({ statusCode: 500 });
    end();
    expect(slack.messages('#data')).toEqual([]);
    expect((await client.chat.postMessage(post)).ok).toBe(true);
  });

  it('gets any error on request', async () => {
    await using slack = await start();
    slack.fault({ method: 'chat.postMessage', error: 'is_archived' });
    await expect(clientOf(slack).chat.postMessage(post)).rejects.toThrow('is_archived');
  });

  it('has its effect although the reply is lost', async () => {
    await using slack = await start();
    slack.fault({ method: 'chat.postMessage', lostReply: true, count: 1 });
    await expect(clientOf(slack).chat.postMessage(post)).rejects.toThrow();
    expect(slack.messages('#data').map((one) => one.text)).toEqual(['x']);
    expect(slack.traffic()[0]).toMatchObject({ answer: { ok: true } });
  });

  it('may hang, and neither has an effect nor keeps the server from closing', async () => {
    const slack = await start();
    slack.fault({ method: 'chat.postMessage', hang: true });
    const call = clientOf(slack, { timeout: 50 }).chat.postMessage(post);
    await expect(call).rejects.toThrow();
    expect(slack.messages('#data')).toEqual([]);
    await slack.close();
  });

  it('takes effect late, and others do not wait for it', async () => {
    await using slack = await start();
    slack.fault({ method: 'chat.postMessage', delayMs: 60, count: 1 });
    const client = clientOf(slack);
    const slow = client.chat.postMessage(post);
    await slack.until(() => slack.traffic().length === 1);
    await client.chat.postMessage({ ...post, text: 'quick' });
    await slow;
    expect(slack.messages('#data').map((one) => one.text)).toEqual(['quick', 'x']);
    const [entry] = slack.traffic();
    expect(Number(entry?.appliedAt) - Number(entry?.at)).toBeGreaterThanOrEqual(59);
  });
});

describe('addresses that are no methods', () => {
  it('keeps an upload from arriving, and the next one arrives', async () => {
    await using slack = await start();
    const client = clientOf(slack);
    slack.fault({ method: 'upload', status: 503, count: 1 });
    const { upload_url = '' } = await client.files.getUploadURLExternal({
      filename: 'a.txt',
      length: 3,
    });
    const put = async () => (await fetch(upload_url, { method: 'POST', body: 'abc' })).status;
    expect([await put(), await put()]).toEqual([503, 200]);
  });

  it('loses the answer of an upload that arrived', async () => {
    await using slack = await start();
    const client = clientOf(slack);
    slack.fault({ method: 'upload', lostReply: true, count: 1 });
    const { upload_url = '', file_id = '' } = await client.files.getUploadURLExternal({
      filename: 'a.txt',
      length: 3,
    });
    await expect(fetch(upload_url, { method: 'POST', body: 'abc' })).rejects.toThrow();
    const done = await client.files.completeUploadExternal({ files: [{ id: file_id }] });
    expect(done.ok).toBe(true);
  });

  it.each([
    [{ status: 429, retryAfter: 2 }, 429],
    [{ error: 'expired_url' }, 400],
  ])('refuses a response_url: %j', async (fault, status) => {
    await using slack = await start();
    slack.fault({ method: 'response', ...fault });
    const response = await fetch(`${slack.url}/response/nobody`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(status);
  });
});
