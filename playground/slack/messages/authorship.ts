import type { Args } from '../args.ts';
import type { Message } from '../control-types.ts';
import { hasScope } from '../limits/scopes.ts';
import type { Parts } from '../parts.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';

/** The fields of a message that say who wrote it. */
export type Authorship = Pick<
  Message,
  'user' | 'subtype' | 'username' | 'icons' | 'bot_id' | 'app_id' | 'bot_profile'
>;

/**
 * Who a message is by: the app, under the name and picture that the call asks for. Without the scope `chat:write.customize`
 * Slack ignores those and says nothing.
 */
export function authorshipOf(parts: Parts, args: Args, app: InstalledApp): Authorship {
  const username = args.text('username');
  const emoji = args.text('icon_emoji');
  const image_64 = args.text('icon_url');
  const custom = username || emoji || image_64;
  if (!custom || !hasScope(parts, app, 'chat:write.customize')) return app.authorship();
  return {
    ...app.authorship(),
    // Slack marks messages under another name in its older way.
    subtype: 'bot_message',
    ...(username && { username }),
    ...((emoji || image_64) && { icons: emoji ? { emoji } : { image_64: image_64 ?? '' } }),
  };
}
