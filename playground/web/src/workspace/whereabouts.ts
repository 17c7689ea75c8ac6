import type { AppInfo, Channel, State } from '../../../slack/control-types.ts';
import { appOfDirect } from './directory.tsx';
import type { Place, Tab } from './place.ts';

export interface Whereabouts {
  channel?: Channel;
  /** The open thread's `ts`. */
  thread?: string;
  /** In a DM with an app. */
  app?: AppInfo;
  /** What stands in place of its messages. */
  tab?: Tab;
}

/** Where a place leads in this state. One that leads nowhere leads to the first channel in which an app can be asked. */
export function whereabouts(state: State, place: Place): Whereabouts {
  const wanted = state.channels.find(({ id }) => id === place.channel);
  const channel = wanted ?? firstChannel(state);
  if (!channel) return {};
  const app = appOfDirect(channel, state.apps);
  const tab = app && wanted && (place.tab !== 'home' || app.home_tab) ? place.tab : undefined;
  return {
    channel,
    ...(wanted && place.thread && { thread: place.thread }),
    ...(app && { app }),
    ...(tab && { tab }),
  };
}

function firstChannel({ channels, me, apps }: State): Channel | undefined {
  const mine = channels.filter(({ members, archived }) => members.includes(me) && !archived);
  const users = apps.filter(({ installed }) => installed).map(({ user }) => user);
  const withApp = mine.find(({ members }) => members.some((member) => users.includes(member)));
  return withApp ?? mine[0] ?? channels[0];
}
