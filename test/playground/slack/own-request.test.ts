import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOwn } from '../../../playground/slack/own-request.ts';
import type { Slack } from '../../../playground/slack/server.ts';
import { start } from './slack-fixture.ts';

describe('a request', () => {
  it.each([
    ['of a program', {}, true],
    ['of a program on port 80', { host: '127.0.0.1' }, true],
    ['of a program in a container', { host: 'host.docker.internal:4280' }, true],
    ['without a host', { host: undefined }, false],
    ['to a host that is none', { host: 'a b' }, false],
    ['to a name that somebody made point here', { host: 'evil.example:4280' }, false],
    ['to a name that begins like ours', { host: 'localhost.evil.example:4280' }, false],
    ['of our page', { origin: 'http://127.0.0.1:4280', 'sec-fetch-site': 'same-origin' }, true],
    ['of our page on port 80', { host: 'localhost', origin: 'http://localhost' }, true],
    ['that somebody typed', { 'sec-fetch-site': 'none' }, true],
    ['of another site', { origin: 'https://evil.example' }, false],
    ['of a page without an origin', { origin: 'null' }, false],
    ['of a server beside ours', { origin: 'http://127.0.0.1:3000' }, false],
    ['for a picture on another site', { 'sec-fetch-site': 'cross-site' }, false],
    ['for a picture of a server beside ours', { 'sec-fetch-site': 'same-site' }, false],
  ])('%s: %j is our own: %s', (_name, headers, expected) => {
    expect(isOwn({ host: '127.0.0.1:4280', ...headers })).toBe(expected);
  });
});

describe('another site', () => {
  let slack: Slack;
  beforeAll(async () => {
    slack = await start();
  });
  afterAll(() => slack.close());

  it.each([
    ['the Web API', '/api/chat.postMessage?channel=C0DATA&text=x&token='],
    ['the control API', '/control/find?pattern=x'],
    ['uploads', '/upload/v1/F0'],
    ['files', '/files/F0/a.png'],
    ['response addresses', '/response/1'],
  ])('does not reach %s', async (_name, path) => {
    const response = await fetch(`${slack.url}${path}${slack.env.SLACK_BOT_TOKEN}`, {
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect([response.status, await response.json()]).toMatchObject([403, { error: 'forbidden' }]);
    expect(slack.messages('#data')).toEqual([]);
  });

  it('may link to the page', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    const response = await fetch(`${slack.url}/`, { headers });
    expect(await response.text()).toMatch('without its page');
  });

  it.each([
    ['from another site', 'origin: https://evil.example'],
    ['without a ticket', 'x: y'],
  ])('opens no socket %s, and keeps none half open', async (_name, header) => {
    const { host, port } = new URL(slack.url);
    const said = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect({ host: '127.0.0.1', port: Number(port), allowHalfOpen: true });
      socket.on('data', (bytes) => {
        text += bytes;
      });
      // It never ends its own side.
      socket.on('error', () => {}).on('close', () => resolve(text));
      socket.write(
        `GET /link/ HTTP/1.1\r\nhost: ${host}\r\n${header}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`,
      );
      // Written to, a socket learns that the other side is gone.
      const timer = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    expect(said).toMatch(/^HTTP\/1.1 403 /);
  });
});
