import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRecord } from '../../../playground/slack/args.ts';
import type { Slack } from '../../../playground/slack/server.ts';
import { startBolt } from './bolt-fixture.ts';
import { start } from './slack-fixture.ts';
import { randomFrom, spoiled } from './spoil.ts';
import { argumentsOf, knownMethods } from './valid-calls.ts';

/** Of each method, each with its arguments spoiled in another way. */
const CALLS = 6;

let slack: Slack;
beforeAll(async () => {
  slack = await start({ manifest: 'none' });
});
afterAll(() => slack.close());

/** Structures in a form are JSON, and `null` is not there. */
function toForm(args: Record<string, unknown>): string {
  const fields = Object.entries(args).filter(([, value]) => value !== null);
  const texts = fields.map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(texts).toString();
}

/** What the method answers; `broken` when that is no answer of Slack's. */
async function answerTo(method: string, args: Record<string, unknown>, asForm: boolean) {
  const response = await fetch(`${slack.env.SLACK_API_URL}${method}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${slack.env.SLACK_BOT_TOKEN}`,
      'content-type': asForm ? 'application/x-www-form-urlencoded' : 'application/json',
    },
    body: asForm ? toForm(args) : JSON.stringify(args),
  });
  const answer = (await response.json()) as { ok: boolean; error?: string };
  const fits = response.status === 200 && (answer.ok || answer.error !== 'internal_error');
  return fits ? 'as Slack' : { broken: answer, args };
}

describe('whatever an app sends, Slack has an answer to it', () => {
  it('in each of its methods', async () => {
    const folder = new URL('../../../playground/slack/methods/', import.meta.url);
    const modules = await Promise.all(
      (await readdir(folder)).map((file) => import(new URL(file, folder).href)),
    );
    const tables = modules.flatMap((one) =>
      Object.entries(one as object).filter(([name]) => name.endsWith('Methods')),
    );
    const all = tables.flatMap(([, methods]) => Object.keys(methods));
    // They take an app-level token, or end the app.
    const others = ['apps.connections.open', 'apps.uninstall', 'auth.revoke'];
    expect([...knownMethods, ...others].sort()).toEqual(all.sort());
  });

  it.each([
    ['with all limits', {}],
    ['without limits', { blocks: false, sizes: false, deadlines: false, scopes: false }],
  ])(
    '%s',
    async (name, limits) => {
      slack.limits({ blocks: true, sizes: true, ...limits });
      const random = randomFrom(name.length);
      for (const method of knownMethods)
        for (let i = 0; i < CALLS; i += 1) {
          const args = spoiled(await argumentsOf(slack, method), random);
          expect(await answerTo(method, isRecord(args) ? args : {}, i % 2 === 0)).toBe('as Slack');
        }
      for (const person of ['@dana', '@luis']) expect(slack.state(person).channels).not.toEqual([]);
    },
    30_000,
  );
});

describe('whatever an app answers', () => {
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  const view = {
    type: 'modal',
    title: plain('t'),
    submit: plain('s'),
    blocks: [
      {
        type: 'input',
        block_id: 'i',
        optional: true,
        label: plain('l'),
        element: { type: 'plain_text_input', action_id: 't' },
      },
    ],
  };
  const message = {
    text: 'x',
    response_type: 'in_channel',
    replace_original: false,
    blocks: [{ type: 'section', text: plain('x') }],
    attachments: [{ text: 'x' }],
  };

  it.each<[string, object[]]>([
    ['a command', [message]],
    [
      'a submission',
      [
        { response_action: 'errors', errors: { i: 'no' } },
        { response_action: 'update', view },
        { response_action: 'push', view },
      ],
    ],
  ])('to %s, people see that or a word of Slack', async (what, answers) => {
    await using bolt = await startBolt();
    const random = randomFrom(what.length);
    let answer: unknown;
    let trigger_id = '';
    bolt.app.command('/datasource', async ({ ack, command }) => {
      trigger_id = command.trigger_id;
      await ack(what === 'a command' ? (answer as string) : undefined);
    });
    bolt.app.view({ type: 'view_submission' }, async ({ ack }) => ack(answer as undefined));
    const run = () => bolt.slack.command('@dana', '#data', '/datasource');
    const send = async () => {
      await run();
      const opened = await bolt.app.client.views.open({ trigger_id, view: view as never });
      return bolt.slack.submit('@dana', String(opened.view?.id), {});
    };
    for (let i = 0; i < 40; i += 1) {
      answer = spoiled(answers[i % answers.length], random);
      const word = (what === 'a command' ? run() : send()).then(
        () => 'Refusal',
        (error: Error) => error.name,
      );
      expect([await word, answer]).toEqual(['Refusal', answer]);
    }
  });
});
