import { useMemo } from 'react';
import type { Channel, Message } from '../../../slack/control-types.ts';
import { Avatar } from '../conversation/avatar.tsx';
import { appOfDirect, channelTitle, useDirectory } from '../workspace/directory.tsx';
import { type ReadMarks, unreadIn } from '../workspace/read-marks.ts';
import { ChannelMark } from './channel-mark.tsx';
import { Presence } from './presence.tsx';

interface Props {
  channel: Channel;
  messages: Message[] | undefined;
  marks: ReadMarks;
  isOpen: boolean;
  onOpen: () => void;
}

/** One conversation in the sidebar: bold with news, with a count when the news is for this person. */
export function ChannelLink({ channel, messages, marks, isOpen, onOpen }: Props) {
  const directory = useDirectory();
  const { people, apps } = directory;
  const me = directory.me?.id ?? '';
  const { id, kind, members, archived } = channel;
  const direct = kind === 'direct' || kind === 'group';
  // Of all the conversations only the one with news has other messages than before.
  const unread = useMemo(
    () => unreadIn(messages ?? [], { me, channel: id, direct, marks }),
    [messages, me, id, direct, marks],
  );
  const title = channelTitle(channel, directory);
  const app = appOfDirect(channel, apps);
  const news = unread.count > 0 ? `, ${unread.count} new for you` : unread.any ? ', unread' : '';
  return (
    <button
      type="button"
      className={unread.any ? 'channel-link unread' : 'channel-link'}
      aria-current={isOpen ? 'page' : undefined}
      aria-label={`${title}${news}${archived ? ', archived' : ''}`}
      onClick={onOpen}
    >
      {kind === 'group' ? (
        <span className="group-mark" aria-hidden="true">
          {members.length - 1}
        </span>
      ) : direct ? (
        <Avatar person={people.get(members.find((member) => member !== me) ?? me)} size={20} />
      ) : (
        <ChannelMark channel={channel} />
      )}
      <span className="channel-name">{title}</span>
      {app && <Presence app={app} />}
      {unread.count > 0 && <span className="count">{unread.count}</span>}
    </button>
  );
}
