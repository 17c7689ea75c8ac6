import { useCallback, useEffect, useState } from 'react';
import type { State } from '../../slack/control-types.ts';
import { AppPanel } from './apps/app-panel.tsx';
import { AppTabs } from './apps/app-tabs.tsx';
import { useHomeOpened } from './apps/use-home-opened.ts';
import { ChannelPane } from './conversation/channel-pane.tsx';
import { ThreadPane } from './conversation/thread-pane.tsx';
import { OfficeDialog, type OpenDialog } from './dialogs/office-dialog.tsx';
import { Inspector } from './inspector/inspector.tsx';
import { Sidebar } from './sidebar/sidebar.tsx';
import { Modals } from './views/modals.tsx';
import { channelTitle, useDirectory } from './workspace/directory.tsx';
import { type Place, toggledInspector } from './workspace/place.ts';
import { conversationKey } from './workspace/read-marks.ts';
import { shownChannels } from './workspace/shown-channels.ts';
import { useReadMarks } from './workspace/use-read-marks.ts';
import { useReading } from './workspace/use-reading.ts';
import { useShortcuts } from './workspace/use-shortcuts.ts';
import { whereabouts } from './workspace/whereabouts.ts';

interface Props {
  state: State;
  place: Place;
  onGo: (place: Place) => void;
}

/** The workspace as one person sees it: sidebar, channel, thread, inspector. Mount it anew for another person. */
export function Office({ state, place, onGo }: Props) {
  const { me, apps, team, channels } = state;
  const directory = useDirectory();
  const [marks, read] = useReadMarks(state);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [dialog, setDialog] = useState<OpenDialog>();
  const where = whereabouts(state, place);
  const { channel, thread, app, tab } = where;
  useReading(state, where, read);
  useHomeOpened(me, app, tab);

  useEffect(() => {
    if (isMenuOpen) document.querySelector<HTMLElement>('.sidebar [aria-current]')?.focus();
  }, [isMenuOpen]);

  const title = channel && channelTitle(channel, directory);
  useEffect(() => {
    if (title) document.title = `${title} · ${team.name}`;
  }, [title, team]);

  const channelId = channel?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the details were of the channel before
  useEffect(() => setDialog((open) => (open === 'channel' ? undefined : open)), [channelId]);
  const { inspector } = place;
  const go = useCallback(
    (to: Pick<Place, 'thread' | 'tab'> & { channel: string }) => {
      setMenuOpen(false);
      onGo({ me, ...to, ...(inspector && { inspector }) });
    },
    [me, inspector, onGo],
  );
  const openThread = useCallback(
    (ts: string) => channelId && go({ channel: channelId, thread: ts }),
    [channelId, go],
  );
  const openChannel = (id: string) => go({ channel: id });
  const closeThread = () => {
    setMenuOpen(false);
    if (!channelId || !thread) return;
    // The thread goes, and the focus would go with it.
    if (document.activeElement?.closest('.thread-pane')) {
      const pane = document.querySelector('.channel-pane');
      (
        pane?.querySelector<HTMLElement>('.composer textarea') ??
        pane?.querySelector<HTMLElement>('[role=log]')
      )?.focus();
    }
    go({ channel: channelId });
  };
  const toggleInspector = () => onGo(toggledInspector(place));
  useShortcuts({
    onClose: closeThread,
    onInspect: toggleInspector,
    onStep: (by) => {
      const shown = shownChannels(channels, apps, channelId);
      const order = [...shown.channels, ...shown.direct, ...shown.apps];
      const next = order.at((order.findIndex(({ id }) => id === channelId) + by) % order.length);
      if (next) openChannel(next.id);
    },
  });

  return (
    <div className={isMenuOpen ? 'office menu-open' : 'office'}>
      <Sidebar
        state={state}
        marks={marks}
        open={channelId}
        onOpen={openChannel}
        onOpenDialog={setDialog}
        onChoosePerson={(id) => {
          const { me: _, thread: __, ...here } = place;
          onGo({ ...here, me: id });
        }}
      />
      <div className="work">
        <div className="panes">
          {channel && (
            <ChannelPane
              key={channel.id}
              state={state}
              channel={channel}
              marks={marks}
              onOpenThread={openThread}
              onOpenMenu={() => setMenuOpen(true)}
              onOpenDetails={() => setDialog('channel')}
              tabs={
                app && (
                  <AppTabs
                    app={app}
                    tab={tab}
                    onChoose={(chosen) =>
                      go({ channel: channel.id, ...(chosen && { tab: chosen }) })
                    }
                  />
                )
              }
            >
              {app && tab && <AppPanel app={app} tab={tab} homes={state.homes} />}
            </ChannelPane>
          )}
          {channel && thread && (
            <ThreadPane
              key={thread}
              state={state}
              channel={channel}
              thread={thread}
              readUpTo={marks[conversationKey(channel.id, thread)]}
              onClose={closeThread}
            />
          )}
        </div>
        {inspector && <Inspector onClose={toggleInspector} />}
      </div>
      <OfficeDialog
        dialog={dialog}
        team={team.name}
        channel={channel}
        onOpen={openChannel}
        onClose={() => setDialog(undefined)}
      />
      <Modals views={state.views} />
    </div>
  );
}
