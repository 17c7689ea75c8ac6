import { useMemo, useReducer, useState } from 'react';
import type { Channel, Message, State } from '../../../slack/control-types.ts';
import { WriteArea } from '../composer/write-area.tsx';
import { channelTitle, useDirectory } from '../workspace/directory.tsx';
import { CloseMark } from './marks.tsx';
import { lastOwn } from './message-kinds.ts';
import { MessageList } from './message-list.tsx';
import { StatusLine } from './status-line.tsx';
import { useFirstNew } from './use-first-new.ts';

interface Props {
  state: State;
  channel: Channel;
  thread: string;
  /** The `ts` up to which the person has read in it. */
  readUpTo?: string | undefined;
  onClose: () => void;
}

/** An open thread: its root, its replies, and what an app is doing in it. Mount it anew for another one. */
export function ThreadPane({ state, channel, thread, readUpTo, onClose }: Props) {
  const directory = useDirectory();
  const all = state.messages[channel.id] ?? none;
  const messages = useMemo(
    () => all.filter(({ ts, thread_ts }) => ts === thread || thread_ts === thread),
    [all, thread],
  );
  const newFrom = useFirstNew(messages, state.me, readUpTo);
  const [editing, setEditing] = useState<string>();
  const [sent, countSent] = useReducer((times: number) => times + 1, 0);
  const status = state.statuses.find(
    ({ channel: id, thread_ts }) => id === channel.id && thread_ts === thread,
  );
  return (
    <aside className="pane thread-pane" aria-label="Thread">
      <header className="pane-header">
        <h2>Thread</h2>
        <p className="topic">
          {channel.kind === 'direct' || channel.kind === 'group' ? '' : '#'}
          {channelTitle(channel, directory)}
        </p>
        <button type="button" className="close" aria-label="Close thread" onClick={onClose}>
          <CloseMark />
        </button>
      </header>
      <MessageList
        label="Messages in the thread"
        messages={messages}
        thread={thread}
        newFrom={newFrom}
        editing={editing}
        onEdit={setEditing}
        sent={sent}
        intro={messages.length === 0 && <p>This thread is no longer here.</p>}
      />
      {status && <StatusLine status={status} />}
      {messages.length > 0 && (
        <WriteArea
          state={state}
          channel={channel}
          thread={thread}
          placeholder="Reply…"
          onEditLast={() => setEditing(lastOwn(messages, state.me))}
          onSend={countSent}
        />
      )}
    </aside>
  );
}

const none: Message[] = [];
