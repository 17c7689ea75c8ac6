import type { WebClient } from '@slack/web-api';
import type { Log } from '../../log.ts';
import { homeView } from '../views/home.ts';

interface HomeArgs {
  event: { user: string; tab?: string };
  client: WebClient;
}

/** Somebody opened the Home tab. A failure is logged and acked: Slack would not show a later answer anyway. */
export const onAppHomeOpened =
  ({ log }: { log: Log }) =>
  async ({ event, client }: HomeArgs): Promise<void> => {
    if (event.tab !== 'home') return;
    await client.views
      .publish({ user_id: event.user, view: homeView() })
      .catch((error: unknown) => log.warn({ err: error }, 'the Home tab was not published'));
  };
