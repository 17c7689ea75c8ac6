import type { HomeView } from '@slack/types';
import { expect, it } from 'vitest';
import type { SourceState } from '../../../src/agent/toolbox.ts';
import { onAppHomeOpened } from '../../../src/bot/events/app-home-opened.ts';
import { log } from '../../../src/log.ts';

const quiet = log.child({}, { level: 'silent' });
const jira: SourceState = { name: 'jira', title: 'Jira', state: 'ready', connector: 'jira' };

/** What is published when somebody opens the Home tab. */
async function opened(list: () => Promise<SourceState[]>, tab = 'home'): Promise<string[]> {
  const published: string[] = [];
  const publish = async ({ view }: { view: HomeView }) => published.push(JSON.stringify(view));
  const client = { views: { publish } } as never;
  await onAppHomeOpened({ sources: { list }, log: quiet })({ event: { user: 'U1', tab }, client });
  return published;
}

it('shows questions for what is connected', async () => {
  const [view] = await opened(async () => [jira]);
  expect(view).toContain('How many open issues per project?');
  expect(view).not.toContain('tables');
});

it('shows the rest where no worker says what is connected', async () => {
  const [view] = await opened(() => Promise.reject(new Error('no worker')));
  expect(view).toContain('Ask your data');
  expect(view).not.toContain('For example');
});

it('publishes nothing for the other tabs', async () => {
  expect(await opened(async () => [jira], 'messages')).toEqual([]);
});
