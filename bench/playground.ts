import { Agent, request } from 'node:http';
import { type SlackProcess, startSlackProcess } from '../playground/slack-process.ts';
import { buildPage } from '../playground/web/build.ts';
import { type Figure, quantile } from './figures.ts';

const starts = 5;
const posts = 10_000;
const threadEvery = 20;
const edits = 100_000;
/** By then the garbage collector has found its pace: what comes on top would go on to come. */
const earlyEdits = 50_000;
const atATime = 16;

/** What a bot typically says: a paragraph, and the same as a block. */
const words = 'The orders of this month are a little above those of last month. '.repeat(6);

/**
 * The look-alike as a process of its own: how soon it is ready, what a call costs it (every limit but the rates kept, every
 * event delivered to an app that acks), and whether its memory stays the same while messages are edited.
 */
export async function measurePlayground(): Promise<Figure[]> {
  await buildPage(); // A page that is being built would be measured as well.
  const ready: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    await using slack = await startSlackProcess(['--port', '0']);
    ready.push(slack.readyMs);
  }

  await using slack = await startSlackProcess(['--port', '0', '--off', 'rates']);
  await using app = await connectApp(slack);
  await many(1_000, () => app.call('chat.postMessage', message('C0DATA', {}))); // warms up
  const before = await slack.cpu();
  let thread: unknown;
  await many(posts, async (index) => {
    const inThread = index % threadEvery > 0 && thread !== undefined && { thread_ts: thread };
    const { ts } = await app.call('chat.postMessage', message('C0DATA', { ...inThread }));
    if (!inThread) thread = ts;
  });
  const perPost = ((await slack.cpu()) - before) / posts;

  const { ts } = await app.call('chat.postMessage', message('C0DATA', {}));
  const edit = (index: number) =>
    app.call('chat.update', { ...message('C0DATA', { ts }), text: `${index} ${words}` });
  await many(earlyEdits, edit);
  const early = await slack.memory();
  await many(edits - earlyEdits, edit);
  const late = await slack.memory();
  return [
    { name: 'playground ready', value: quantile(ready, 0.5) / 1000, unit: 's', target: 1 },
    { name: 'playground, own CPU per chat.postMessage', value: perPost, unit: 'ms', target: 0.5 },
    { name: 'playground, memory after 100,000 edits', value: late, unit: 'MB', target: 400 },
    {
      name: 'playground, of that since the 50,000th',
      value: Math.max(0, late - early),
      unit: 'MB',
      target: 30,
    },
  ];
}

const message = (channel: string, more: Record<string, unknown>) => ({
  channel,
  text: words,
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text: words } }],
  ...more,
});

/** Runs it `count` times, a few at a time. */
async function many(count: number, run: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < count; index = next++) await run(index);
  };
  await Promise.all(Array.from({ length: atATime }, lane));
}

/** An app that acks whatever it hears and calls the Web API over few kept connections, at little cost of its own. */
async function connectApp({ envs: [env = {}] }: SlackProcess) {
  const agent = new Agent({ keepAlive: true, maxSockets: atATime });
  const call = async (method: string, args: object, token = env.SLACK_BOT_TOKEN) => {
    const answer = await post(agent, new URL(method, env.SLACK_API_URL), token ?? '', args);
    if (answer.ok !== true) throw new Error(`${method}: ${answer.error}`);
    return answer;
  };
  const { url } = await call('apps.connections.open', {}, env.SLACK_APP_TOKEN);
  const socket = new WebSocket(String(url));
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const { envelope_id } = JSON.parse(data) as { envelope_id?: string };
    if (envelope_id) socket.send(JSON.stringify({ envelope_id }));
  });
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  return {
    call,
    async [Symbol.asyncDispose]() {
      socket.close();
      agent.destroy();
    },
  };
}

function post(agent: Agent, url: URL, token: string, args: object) {
  return new Promise<Record<string, unknown>>((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json; charset=utf-8',
    };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve(JSON.parse(body)));
    });
    sent.on('error', reject).end(JSON.stringify(args));
  });
}
