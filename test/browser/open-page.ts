import { SocketModeClient } from '@slack/socket-mode';
import { WebClient } from '@slack/web-api';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumPath } from '../../playground/services/chromium-path.ts';
import { type Slack, type SlackOptions, startSlack } from '../../playground/slack/server.ts';
import { buildPage } from '../../playground/web/build.ts';

/** The look-alike with its page, an app connected to it, and a browser to look at it. */
export interface Stage extends AsyncDisposable {
  slack: Slack;
  /** The app's Web API client: what the bot of a test posts and edits with. */
  web: WebClient;
  /** Payloads of one kind that the app got: `app_mention`, `block_actions`, … */
  received: (kind: string) => Payload[];
  /** What the app acks a payload with; nothing, until a test says otherwise. It is awaited. */
  answer: (body: Payload) => unknown;
  /** A new window with drafts of its own, at an address such as `#me=U0DANA&channel=C0DATA`. */
  open: (hash?: string, options?: Parameters<Browser['newPage']>[0]) => Promise<Page>;
  /** Whatever went wrong in any window: errors, refused loads, requests to other servers. */
  troubles: string[];
}

export interface Payload {
  type?: string;
  command?: string;
  event?: { type: string };
  user?: { id: string };
  actions?: { action_id: string; value?: string }[];
  trigger_id?: string;
  /** The modal or Home tab. */
  view?: { id: string; callback_id: string; state: { values: Record<string, unknown> } };
}

interface SlackEvent {
  body: Payload;
  ack: (answer?: unknown) => Promise<void>;
}

/** What Chromium needs in a container, and to leave the network alone. */
export const launchArgs = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts all of it, without rate limits unless the options say so; disposing ends all of it. */
export async function openStage(options: SlackOptions = {}): Promise<Stage> {
  const [webRoot, executablePath] = await Promise.all([buildPage(), chromiumPath()]);
  const [slack, browser] = await Promise.all([
    startSlack({ webRoot, limits: { rates: false }, ...options }),
    chromium.launch({ executablePath, args: launchArgs }),
  ]);
  const clientOptions = { slackApiUrl: slack.env.SLACK_API_URL };
  // One profile, and a window that stays: those opened later share its process, at half the cost.
  const profile = await browser.newContext();
  await profile.newPage().then((page) => page.goto(`${slack.url}/nothing`));
  const socket = new SocketModeClient({ appToken: slack.env.SLACK_APP_TOKEN, clientOptions });
  const payloads: Payload[] = [];
  const troubles: string[] = [];
  const stage: Stage = {
    slack,
    web: new WebClient(slack.env.SLACK_BOT_TOKEN, clientOptions),
    received: (kind) =>
      payloads.filter(({ type, command, event }) => [type, command, event?.type].includes(kind)),
    troubles,
    answer: () => undefined,
    open: async (hash = '', options) => {
      const page = options ? await browser.newPage(options) : await profile.newPage();
      page.setDefaultTimeout(20_000);
      page.on('pageerror', ({ message }) => troubles.push(message));
      page.on('dialog', (dialog) => {
        troubles.push(`dialog: ${dialog.message()}`);
        return dialog.dismiss();
      });
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(`${slack.url}/`) && !url.startsWith('data:')) troubles.push(url);
      });
      await page.goto(`${slack.url}/${hash}`);
      await page.getByRole('textbox').first().waitFor();
      return page;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await socket.disconnect();
      await slack.close();
    },
  };
  socket.on('slack_event', async ({ body, ack }: SlackEvent) => {
    payloads.push(body);
    await ack(await stage.answer(body));
  });
  await socket.start();
  return stage;
}
