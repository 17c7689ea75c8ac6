import type { AppInfo } from '../../../slack/control-types.ts';

/** A green dot while the app can be reached, an empty one while it can't. */
export function Presence({ app: { installed, online } }: { app: AppInfo }) {
  return <i className={installed && online ? 'presence online' : 'presence'} />;
}
