import { type ReactNode, useMemo, useReducer, useState } from 'react';
import type { Channel, Message, State, ThreadStatus } from '../../../slack/control-types.ts';
import { WriteArea } from '../composer/write-area.tsx';
import { channelTitle, useDirectory } from '../workspace/directory.tsx';
import { conversationKey, type ReadMarks, threadOf, threadsOf } from '../workspace/read-marks.ts';
import { ChannelHeader } from './channel-header.tsx';
import { ChannelIntro } from './channel-intro.tsx';
import { lastOwn } from './message-kinds.ts';
import { MessageList } from './message-list.tsx';
import { useFirstNew } from './use-first-new.ts';

interface Props {
  state: State;
  channel: Channel;
  marks: ReadMarks;
  onOpenThread: (ts: string) => void;
  onOpenMenu: () => void;
  onOpenDetails?: () => void;
  /** Stands below the header: the tabs of a DM with an app. */
  tabs?: ReactNode;
  /** Shown in place of the messages: the app's Home. */
  children?: ReactNode;
}

/** An open channel or DM, without what stands only in threads. Mount it anew for another one. */
export function ChannelPane(props: Props) {
  const { channel, onOpenMenu, onOpenDetails, tabs, children } = props;
  const name = useName(channel);
  return (
    <main className="pane channel-pane" aria-label={name}>
      <ChannelHeader channel={channel} onOpenMenu={onOpenMenu} onOpenDetails={onOpenDetails} />
      {tabs}
      {children ?? <Messages {...props} />}
    </main>
  );
}

function Messages({ state, channel, marks, onOpenThread }: Props) {
  const { me } = state;
  const name = useName(channel);
  const all = state.messages[channel.id] ?? none;
  const shown = useMemo(() => all.filter((message) => !threadOf(message)), [all]);
  const roots = useMemo(() => rootsOfReplies(shown, all), [shown, all]);
  const statuses = useMemo(() => statusesIn(state.statuses, channel.id), [state.statuses, channel]);
  const news = useMemo(() => threadsWithNews(all, me, marks), [all, me, marks]);
  const newFrom = useFirstNew(shown, me, marks[channel.id]);
  const [editing, setEditing] = useState<string>();
  const [sent, countSent] = useReducer((times: number) => times + 1, 0);
  return (
    <>
      <MessageList
        label={`Messages in ${name}`}
        messages={shown}
        intro={<ChannelIntro channel={channel} />}
        newFrom={newFrom}
        editing={editing}
        onEdit={setEditing}
        sent={sent}
        statuses={statuses}
        news={news}
        roots={roots}
        onOpenThread={onOpenThread}
      />
      <WriteArea
        state={state}
        channel={channel}
        placeholder={`Message ${name}`}
        onEditLast={() => setEditing(lastOwn(shown, me))}
        onSend={countSent}
      />
    </>
  );
}

const none: Message[] = [];

/** `#data`, or in a DM the names of the others. */
function useName(channel: Channel): string {
  const title = channelTitle(channel, useDirectory());
  return channel.kind === 'direct' || channel.kind === 'group' ? title : `#${title}`;
}

function statusesIn(statuses: ThreadStatus[], channel: string): Map<string, ThreadStatus> {
  const here = statuses.filter((status) => status.channel === channel);
  return new Map(here.map((status) => [status.thread_ts, status]));
}

/** By the `ts` of each reply that was also sent to the channel, its thread's root. */
function rootsOfReplies(shown: Message[], all: Message[]): Map<string, Message> {
  const replies = shown.filter(({ subtype }) => subtype === 'thread_broadcast');
  if (replies.length === 0) return noRoots;
  const byTs = new Map(all.map((message) => [message.ts, message]));
  return new Map(
    replies.flatMap(({ ts, thread_ts = '' }) => {
      const root = byTs.get(thread_ts);
      return root ? [[ts, root]] : [];
    }),
  );
}

const noRoots = new Map<string, Message>();

/** The roots of the threads that this person follows and in which somebody replied since they looked. */
function threadsWithNews(messages: Message[], me: string, marks: ReadMarks): Set<string> {
  const followed = threadsOf(messages, me);
  const fresh = messages.filter((message) => {
    const thread = threadOf(message);
    if (!thread || message.user === me || !followed.has(thread)) return false;
    return message.ts > (marks[conversationKey(message.channel, thread)] ?? '');
  });
  return new Set(fresh.map((message) => message.thread_ts ?? ''));
}
