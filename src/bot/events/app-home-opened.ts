import type { WebClient } from '@slack/web-api';
import type { Log } from '../../log.ts';
import { within } from '../../within.ts';
import type { Sources } from '../commands/datasource.ts';
import { homeView } from '../views/home.ts';

interface HomeArgs {
  event: { user: string; tab?: string };
  client: WebClient;
}

interface HomeParts {
  sources: Pick<Sources, 'list'>;
  log: Log;
}

/** Slack waits three seconds in all; without a worker nobody says what is connected. */
const listMs = 1000;

/** Somebody opened the Home tab. A failure is logged and acked: Slack would not show a later answer anyway. */
export const onAppHomeOpened =
  ({ sources, log }: HomeParts) =>
  async ({ event, client }: HomeArgs): Promise<void> => {
    if (event.tab !== 'home') return;
    const connected = await within(listMs, sources.list()).catch(() => []);
    await client.views
      .publish({ user_id: event.user, view: homeView(connected) })
      .catch((error: unknown) => log.warn({ err: error }, 'the Home tab was not published'));
  };
