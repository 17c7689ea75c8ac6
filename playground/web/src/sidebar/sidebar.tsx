import type { Channel, State } from '../../../slack/control-types.ts';
import { type ReadMarks, unreadIn } from '../workspace/read-marks.ts';
import { shownChannels } from '../workspace/shown-channels.ts';
import { ChannelLink } from './channel-link.tsx';
import { PersonMenu } from './person-menu.tsx';

interface Props {
  state: State;
  marks: ReadMarks;
  open: string | undefined;
  onOpen: (channel: string) => void;
  onChoosePerson: (id: string) => void;
}

/** The workspace: its channels, the DM with the app, and who one is. */
export function Sidebar({ state, marks, open, onOpen, onChoosePerson }: Props) {
  const { team, channels, messages, me } = state;
  const link = (channel: Channel) => (
    <li key={channel.id}>
      <ChannelLink
        channel={channel}
        isOpen={channel.id === open}
        unread={unreadIn(messages[channel.id] ?? [], {
          me,
          channel: channel.id,
          direct: channel.kind === 'direct',
          marks,
        })}
        onOpen={() => onOpen(channel.id)}
      />
    </li>
  );
  const shown = shownChannels(channels);
  return (
    <nav className="sidebar" aria-label="Workspace">
      <h1>{team.name}</h1>
      <div className="sidebar-lists">
        <h2>Channels</h2>
        <ul>{shown.channels.map(link)}</ul>
        <h2>Direct messages</h2>
        <ul>{shown.direct.map(link)}</ul>
      </div>
      <PersonMenu onChoose={onChoosePerson} />
    </nav>
  );
}
