import type { Channel } from '../../../slack/control-types.ts';
import { ChannelMark } from '../sidebar/channel-mark.tsx';
import { channelTitle, useDirectory } from '../workspace/directory.tsx';
import { Avatar } from './avatar.tsx';

/** What is open: its name, what it is about, who is in it. */
export function ChannelHeader({
  channel,
  onOpenMenu,
}: {
  channel: Channel;
  onOpenMenu: () => void;
}) {
  const { app, people } = useDirectory();
  const isDirect = channel.kind === 'direct';
  const members = channel.members.length;
  return (
    <header className="pane-header">
      <button type="button" className="menu-button" aria-label="Show channels" onClick={onOpenMenu}>
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <path d="M3 5.5h14M3 10h14M3 14.5h14" />
        </svg>
      </button>
      {isDirect ? (
        <Avatar person={people.get(app.user)} size={24} />
      ) : (
        <ChannelMark channel={channel} />
      )}
      <h2>{channelTitle(channel, app)}</h2>
      {isDirect && <span className="badge">APP</span>}
      {channel.external && <span className="badge">SHARED</span>}
      <p className="topic">{isDirect && !app.online ? 'Not connected' : channel.topic}</p>
      {!isDirect && (
        <span className="member-count" title={`${members} members`}>
          <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
            <circle cx="10" cy="6.5" r="3" />
            <path d="M4 16.5c0-3.3 2.7-5 6-5s6 1.7 6 5" />
          </svg>
          {members}
        </span>
      )}
    </header>
  );
}
