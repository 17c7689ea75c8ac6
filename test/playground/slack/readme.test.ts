import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { start } from './slack-fixture.ts';

const readme = await readFile(
  new URL('../../../playground/slack/README.md', import.meta.url),
  'utf8',
);

/** `| \`POST /control/say\` · \`edit\` | …` names two routes. */
function written(method: 'GET' | 'POST'): string[] {
  const cells = readme.matchAll(new RegExp(`^\\| \`${method} /control/([^|]*)`, 'gm'));
  return [...cells].flatMap(([, cell = '']) => cell.replaceAll('`', '').trim().split(' · '));
}

it('lists every route of the control API, and none that is not there', async () => {
  await using slack = await start();
  const { get, post } = await (await fetch(`${slack.url}/control`)).json();
  expect(written('GET').toSorted()).toEqual(get.toSorted());
  expect(written('POST').toSorted()).toEqual(post.toSorted());
});

it('names every limit that can be switched', async () => {
  await using slack = await start();
  const switches = [...readme.matchAll(/^\| `(\w+)` \| .* \| .* \|$/gm)].map(([, name]) => name);
  expect(switches).toEqual(Object.keys(slack.state('@dana').limits));
});
