import type { Channel } from '../../../slack/control-types.ts';
import { Avatar } from '../conversation/avatar.tsx';
import { channelTitle, useDirectory } from '../workspace/directory.tsx';
import type { Unread } from '../workspace/read-marks.ts';
import { ChannelMark } from './channel-mark.tsx';

interface Props {
  channel: Channel;
  isOpen: boolean;
  unread: Unread;
  onOpen: () => void;
}

/** One conversation in the sidebar: bold with news, with a count when the news is for this person. */
export function ChannelLink({ channel, isOpen, unread, onOpen }: Props) {
  const { app, people } = useDirectory();
  const isDirect = channel.kind === 'direct';
  const title = channelTitle(channel, app);
  const news = unread.count > 0 ? `, ${unread.count} new for you` : unread.any ? ', unread' : '';
  return (
    <button
      type="button"
      className={unread.any ? 'channel-link unread' : 'channel-link'}
      aria-current={isOpen ? 'page' : undefined}
      aria-label={`${title}${news}`}
      onClick={onOpen}
    >
      {isDirect ? (
        <Avatar person={people.get(app.user)} size={20} />
      ) : (
        <ChannelMark channel={channel} />
      )}
      <span className="channel-name">{title}</span>
      {isDirect && <i className={app.online ? 'presence online' : 'presence'} />}
      {unread.count > 0 && <span className="count">{unread.count}</span>}
    </button>
  );
}
