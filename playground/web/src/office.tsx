import { useCallback, useEffect, useState } from 'react';
import type { State } from '../../slack/control-types.ts';
import { ChannelPane } from './conversation/channel-pane.tsx';
import { ThreadPane } from './conversation/thread-pane.tsx';
import { Sidebar } from './sidebar/sidebar.tsx';
import { channelTitle } from './workspace/directory.tsx';
import type { Place } from './workspace/place.ts';
import { conversationKey } from './workspace/read-marks.ts';
import { shownChannels } from './workspace/shown-channels.ts';
import { useReadMarks } from './workspace/use-read-marks.ts';
import { useShortcuts } from './workspace/use-shortcuts.ts';
import { useVisible } from './workspace/use-visible.ts';

interface Props {
  state: State;
  place: Place;
  onGo: (place: Place) => void;
}

/** The workspace as one person sees it: sidebar, channel, thread. Mount it anew for another person. */
export function Office({ state, place, onGo }: Props) {
  const { me, app, team, channels, messages } = state;
  const [marks, read] = useReadMarks(state);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const visible = useVisible();
  const channel = channels.find(({ id }) => id === place.channel) ?? firstChannel(state);
  const thread = channel?.id === place.channel ? place.thread : undefined;
  const latest = channel && messages[channel.id]?.at(-1)?.ts;

  useEffect(() => {
    if (!visible || !channel || !latest) return;
    read(channel.id, latest);
    if (thread) read(conversationKey(channel.id, thread), latest);
  }, [visible, channel, thread, latest, read]);

  useEffect(() => {
    if (channel) document.title = `${channelTitle(channel, app)} · ${team.name}`;
  }, [channel, app, team]);

  const channelId = channel?.id;
  const openThread = useCallback(
    (ts: string) => channelId && onGo({ me, channel: channelId, thread: ts }),
    [channelId, me, onGo],
  );
  const openChannel = (id: string) => {
    setMenuOpen(false);
    onGo({ me, channel: id });
  };
  const closeThread = () => {
    setMenuOpen(false);
    if (channel && thread) onGo({ me, channel: channel.id });
  };
  useShortcuts({
    onClose: closeThread,
    onStep: (by) => {
      const shown = shownChannels(channels);
      const order = [...shown.channels, ...shown.direct];
      const next = order.at((order.findIndex(({ id }) => id === channel?.id) + by) % order.length);
      if (next) openChannel(next.id);
    },
  });

  return (
    <div className={isMenuOpen ? 'office menu-open' : 'office'}>
      <Sidebar
        state={state}
        marks={marks}
        open={channel?.id}
        onOpen={openChannel}
        onChoosePerson={(id) => onGo({ me: id, ...(place.channel && { channel: place.channel }) })}
      />
      {channel && (
        <ChannelPane
          key={channel.id}
          state={state}
          channel={channel}
          marks={marks}
          onOpenThread={openThread}
          onOpenMenu={() => setMenuOpen(true)}
        />
      )}
      {channel && thread && (
        <ThreadPane
          key={thread}
          state={state}
          channel={channel}
          thread={thread}
          onClose={closeThread}
        />
      )}
    </div>
  );
}

/** Where one lands: the first channel in which the app can be asked. */
function firstChannel({ channels, me, app }: State): State['channels'][number] | undefined {
  const mine = channels.filter(({ members, archived }) => members.includes(me) && !archived);
  return mine.find(({ members }) => members.includes(app.user)) ?? mine[0] ?? channels[0];
}
