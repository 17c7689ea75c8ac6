import { useMemo } from 'react';
import type { Channel, Message, State, ThreadStatus } from '../../../slack/control-types.ts';
import { Composer } from '../composer/composer.tsx';
import { channelTitle } from '../workspace/directory.tsx';
import { conversationKey, type ReadMarks, threadOf } from '../workspace/read-marks.ts';
import { ChannelHeader } from './channel-header.tsx';
import { ChannelIntro } from './channel-intro.tsx';
import { JoinBar } from './join-bar.tsx';
import { MessageList } from './message-list.tsx';

interface Props {
  state: State;
  channel: Channel;
  marks: ReadMarks;
  onOpenThread: (ts: string) => void;
  onOpenMenu: () => void;
}

/** An open channel or DM, without what stands only in threads. */
export function ChannelPane({ state, channel, marks, onOpenThread, onOpenMenu }: Props) {
  const { me, app, commands } = state;
  const all = state.messages[channel.id] ?? none;
  const roots = useMemo(() => all.filter((message) => !threadOf(message)), [all]);
  const statuses = useMemo(() => statusesIn(state.statuses, channel.id), [state.statuses, channel]);
  const news = useMemo(() => threadsWithNews(all, me, marks), [all, me, marks]);
  const title = channelTitle(channel, app);
  const name = channel.kind === 'direct' ? title : `#${title}`;
  return (
    <main className="pane channel-pane" aria-label={name}>
      <ChannelHeader channel={channel} onOpenMenu={onOpenMenu} />
      <MessageList
        label={`Messages in ${name}`}
        messages={roots}
        intro={<ChannelIntro channel={channel} />}
        statuses={statuses}
        news={news}
        onOpenThread={onOpenThread}
      />
      {channel.members.includes(me) ? (
        <Composer
          user={me}
          channel={channel.id}
          placeholder={`Message ${name}`}
          commands={commands}
        />
      ) : (
        <JoinBar user={me} channel={channel} />
      )}
    </main>
  );
}

const none: Message[] = [];

function statusesIn(statuses: ThreadStatus[], channel: string): Map<string, ThreadStatus> {
  const here = statuses.filter((status) => status.channel === channel);
  return new Map(here.map((status) => [status.thread_ts, status]));
}

/** The roots of threads in which this person wrote and somebody replied since they looked. */
function threadsWithNews(messages: Message[], me: string, marks: ReadMarks): Set<string> {
  const mine = new Set(messages.filter(({ user }) => user === me).map((m) => m.thread_ts ?? m.ts));
  const fresh = messages.filter((message) => {
    const thread = threadOf(message);
    if (!thread || message.user === me || !mine.has(thread)) return false;
    return message.ts > (marks[conversationKey(message.channel, thread)] ?? '');
  });
  return new Set(fresh.map((message) => message.thread_ts ?? ''));
}
