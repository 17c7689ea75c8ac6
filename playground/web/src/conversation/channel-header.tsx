import type { Channel } from '../../../slack/control-types.ts';
import { ChannelMark } from '../sidebar/channel-mark.tsx';
import {
  appOfDirect,
  channelTitle,
  type Directory,
  useDirectory,
} from '../workspace/directory.tsx';
import { Avatar } from './avatar.tsx';

interface Props {
  channel: Channel;
  onOpenMenu: () => void;
  /** Opens what there is to know about the conversation; without it the name is no button. */
  onOpenDetails?: (() => void) | undefined;
}

/** What is open: its name, what it is about, who is in it. */
export function ChannelHeader({ channel, onOpenMenu, onOpenDetails }: Props) {
  const directory = useDirectory();
  const isPrivateTalk = channel.kind === 'direct' || channel.kind === 'group';
  const app = appOfDirect(channel, directory.apps);
  const title = channelTitle(channel, directory);
  return (
    <header className="pane-header">
      <button type="button" className="menu-button" aria-label="Show channels" onClick={onOpenMenu}>
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <path d="M3 5.5h14M3 10h14M3 14.5h14" />
        </svg>
      </button>
      {isPrivateTalk ? (
        <Avatar person={firstOther(channel, directory)} size={24} />
      ) : (
        <ChannelMark channel={channel} />
      )}
      <h2>
        {onOpenDetails ? (
          <button
            type="button"
            className="channel-title"
            title="Open details"
            aria-haspopup="dialog"
            aria-label={`${title}: details`}
            onClick={onOpenDetails}
          >
            {title}
          </button>
        ) : (
          title
        )}
      </h2>
      {app && <span className="badge">APP</span>}
      {channel.external && <span className="badge">SHARED</span>}
      {channel.archived && <span className="badge">ARCHIVED</span>}
      <p className="topic">{topicOf(channel, directory)}</p>
      {!app && <MemberCount members={channel.members.length} onOpen={onOpenDetails} />}
    </header>
  );
}

function MemberCount({ members, onOpen }: { members: number; onOpen: (() => void) | undefined }) {
  const label = `${members} ${members === 1 ? 'member' : 'members'}`;
  const shown = (
    <>
      <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
        <circle cx="10" cy="6.5" r="3" />
        <path d="M4 16.5c0-3.3 2.7-5 6-5s6 1.7 6 5" />
      </svg>
      {members}
    </>
  );
  if (!onOpen) {
    return (
      <span className="member-count" title={label}>
        {shown}
      </span>
    );
  }
  return (
    <button
      type="button"
      className="member-count"
      title={label}
      aria-label={label}
      onClick={onOpen}
    >
      {shown}
    </button>
  );
}

function firstOther({ members }: Channel, { me, people }: Directory) {
  return people.get(members.find((id) => id !== me?.id) ?? members[0] ?? '');
}

function topicOf(channel: Channel, { me, apps, people }: Directory): string {
  const app = appOfDirect(channel, apps);
  if (app) return app.online ? '' : 'Not connected';
  if (channel.kind !== 'direct') return channel.topic;
  return firstOther(channel, { me, people } as Directory)?.profile.title ?? '';
}
