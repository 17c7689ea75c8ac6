import { useMemo } from 'react';
import type { Channel, State } from '../../../slack/control-types.ts';
import { Composer } from '../composer/composer.tsx';
import { channelTitle } from '../workspace/directory.tsx';
import { MessageList } from './message-list.tsx';
import { StatusLine } from './status-line.tsx';

interface Props {
  state: State;
  channel: Channel;
  thread: string;
  onClose: () => void;
}

/** An open thread: its root, its replies, and what the app is doing in it. */
export function ThreadPane({ state, channel, thread, onClose }: Props) {
  const { me, app, commands } = state;
  const all = state.messages[channel.id];
  const messages = useMemo(
    () => (all ?? []).filter(({ ts, thread_ts }) => ts === thread || thread_ts === thread),
    [all, thread],
  );
  const status = state.statuses.find(
    ({ channel: id, thread_ts }) => id === channel.id && thread_ts === thread,
  );
  return (
    <aside className="pane thread-pane" aria-label="Thread">
      <header className="pane-header">
        <h2>Thread</h2>
        <p className="topic">
          {channel.kind === 'direct' ? '' : '#'}
          {channelTitle(channel, app)}
        </p>
        <button type="button" className="close" aria-label="Close thread" onClick={onClose}>
          <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path d="m5 5 10 10M15 5 5 15" />
          </svg>
        </button>
      </header>
      <MessageList
        label="Messages in the thread"
        messages={messages}
        intro={messages.length === 0 && <p>This thread is no longer here.</p>}
      />
      {status && <StatusLine status={status} />}
      {messages.length > 0 && channel.members.includes(me) && (
        <Composer
          user={me}
          channel={channel.id}
          thread={thread}
          placeholder="Reply…"
          commands={commands}
        />
      )}
    </aside>
  );
}
