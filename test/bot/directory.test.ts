import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { startSlack } from '../../playground/slack/server.ts';
import { slackDirectory } from '../../src/bot/directory.ts';
import { UpstreamError, UserError } from '../../src/errors.ts';

async function start() {
  const slack = await startSlack();
  const client = new WebClient(slack.env.SLACK_BOT_TOKEN, {
    slackApiUrl: slack.env.SLACK_API_URL,
    retryConfig: { retries: 0 },
  });
  const { team, people, channels } = slack.state('@dana');
  const idOf = (name: string) =>
    people.find((person) => `@${person.name}` === name)?.id ??
    channels.find((channel) => `#${channel.name}` === name)?.id ??
    name;
  return {
    slack,
    idOf,
    directory: slackDirectory(client, team.id),
    calls: () => slack.traffic().length,
    [Symbol.asyncDispose]: slack.close,
  };
}

describe('a person', () => {
  it.each([
    ['@dana', 'member'],
    ['@gwen', 'guest'],
    ['@stefan', 'external'],
    ['@walt', 'deactivated'],
    ['@deploybot', 'bot'],
    ['USLACKBOT', 'bot'],
    ['U0NOBODY', 'unknown'],
  ])('%s is a %s', async (name, standing) => {
    await using workspace = await start();
    const person = await workspace.directory.person(workspace.idOf(name));
    expect(person.standing).toBe(standing);
  });

  it('has a name and a time zone', async () => {
    await using workspace = await start();
    expect(await workspace.directory.person(workspace.idOf('@dana'))).toMatchObject({
      name: 'dana',
      timeZone: 'Europe/Vienna',
    });
  });

  it('is looked up once, also by two at the same time', async () => {
    await using workspace = await start();
    const id = workspace.idOf('@dana');
    await Promise.all([workspace.directory.person(id), workspace.directory.person(id)]);
    await workspace.directory.person(id);
    expect(workspace.calls()).toBe(1);
  });

  it('is looked up again after a failure, and after nobody was found', async () => {
    await using workspace = await start();
    workspace.slack.fault({ method: 'users.info', status: 500, count: 1 });
    const id = workspace.idOf('@dana');
    await expect(workspace.directory.person(id)).rejects.toThrow(UpstreamError);
    expect((await workspace.directory.person(id)).standing).toBe('member');
    await workspace.directory.person('U0NOBODY');
    await workspace.directory.person('U0NOBODY');
    expect(workspace.calls()).toBe(4);
  });

  it('that may not be looked up is the operator’s to mend', async () => {
    await using workspace = await start();
    workspace.slack.fault({ method: 'users.info', error: 'missing_scope' });
    const look = workspace.directory.person(workspace.idOf('@dana'));
    await expect(look).rejects.toThrow(UserError);
    await expect(look).rejects.toThrow(/users:read/);
  });
});

describe('an audience', () => {
  it.each([
    ['#general', { kind: 'public', external: false }],
    ['#finance', { kind: 'private', external: false }],
    ['#acme-northwind', { external: true }],
    ['D0DANA', { kind: 'direct', external: false }],
  ])('of %s is %o', async (name, expected) => {
    await using workspace = await start();
    const audience = await workspace.directory.audience(workspace.idOf(name));
    expect(audience).toMatchObject(expected);
  });

  it('of a channel that cannot be looked up is not guessed', async () => {
    await using workspace = await start();
    await expect(workspace.directory.audience('C0NOWHERE')).rejects.toThrow(UpstreamError);
  });
});
