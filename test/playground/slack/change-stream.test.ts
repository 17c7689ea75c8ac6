import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { openChangeStream } from '../../../playground/slack/control/change-stream.ts';

let close = () => {};
afterEach(() => close());

/** A server whose `n`th connection is answered by the `n`th function; what comes after the last one is never answered. */
async function serve(...answers: ((response: ServerResponse) => void)[]) {
  const gone: Promise<unknown>[] = [];
  const server = createServer((request, response) => {
    gone.push(new Promise((resolve) => request.once('close', resolve)));
    answers.shift()?.(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { gone, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

/** The types of the first `count` changes. */
function first(count: number, url: string): Promise<string[]> {
  const { promise, resolve } = Promise.withResolvers<string[]>();
  const types: string[] = [];
  const stop = openChangeStream(url)(({ type }) => {
    types.push(type);
    if (types.length < count) return;
    stop();
    resolve(types);
  });
  return promise;
}

it('reads changes however they are cut into pieces, and nothing else', async () => {
  const { url, gone } = await serve((response) => {
    response.write('data: {"type":"he');
    setTimeout(() => response.write('llo"}\n\n:\n\ndata: {"type":"limits"}\n\ndata: {'), 10);
  });
  expect(await first(2, url)).toEqual(['hello', 'limits']);
  await gone[0]; // nobody listens any more, so the connection ends
});

it.each([
  ['ends', (response: ServerResponse) => response.end('data: {"type":"app"}\n\n')],
  ['is cut', (response: ServerResponse) => response.destroy()],
  ['is an error', (response: ServerResponse) => response.writeHead(500).end()],
  ['is nonsense', (response: ServerResponse) => response.end('data: {\n\n')],
])(
  'connects again when the answer %s, and then all is to be looked at anew',
  async (_name, answer) => {
    const { url } = await serve(answer, (response) => response.write('data: {"type":"hello"}\n\n'));
    expect((await first(2, url)).at(-1)).toBe('hello');
  },
);

it('is one connection for all who listen, and a new one for who comes later', async () => {
  const hello = (response: ServerResponse) => response.write('data: {"type":"hello"}\n\n');
  const { url, gone } = await serve(hello, hello);
  const listen = openChangeStream(url);
  const told = () =>
    new Promise<() => void>((resolve) => {
      const stop = listen(() => resolve(stop));
    });
  const [one, two] = await Promise.all([told(), told()]);
  expect(gone).toHaveLength(1);
  one();
  two();
  await gone[0];
  (await told())();
  expect(gone).toHaveLength(2);
});
