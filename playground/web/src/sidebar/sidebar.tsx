import type { Channel, State } from '../../../slack/control-types.ts';
import type { ReadMarks } from '../workspace/read-marks.ts';
import { shownChannels } from '../workspace/shown-channels.ts';
import { AppLink } from './app-link.tsx';
import { ChannelLink } from './channel-link.tsx';
import { PersonMenu } from './person-menu.tsx';

/** The windows that the sidebar opens. */
export type SidebarDialog = 'workspace' | 'new-message' | 'add-channel';

interface Props {
  state: State;
  marks: ReadMarks;
  open: string | undefined;
  onOpen: (channel: string) => void;
  onOpenDialog: (dialog: SidebarDialog) => void;
  onChoosePerson: (id: string) => void;
}

/** The workspace: its channels, DMs and apps, and who one is. */
export function Sidebar({ state, marks, open, onOpen, onOpenDialog, onChoosePerson }: Props) {
  const { team, channels, apps, messages } = state;
  const shown = shownChannels(channels, apps, open);
  const unopened = apps.filter(
    ({ installed, user }) => installed && !shown.apps.some(({ members }) => members.includes(user)),
  );
  const link = (channel: Channel) => (
    <li key={channel.id}>
      <ChannelLink
        channel={channel}
        messages={messages[channel.id]}
        marks={marks}
        isOpen={channel.id === open}
        onOpen={() => onOpen(channel.id)}
      />
    </li>
  );
  return (
    <nav className="sidebar" aria-label="Workspace">
      <div className="sidebar-head">
        <h1>
          <button
            type="button"
            aria-haspopup="dialog"
            aria-label={`${team.name}: people and apps`}
            onClick={() => onOpenDialog('workspace')}
          >
            <span>{team.name}</span>
            <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
              <path d="m5 7.5 5 5 5-5" />
            </svg>
          </button>
        </h1>
        <button
          type="button"
          className="new-message"
          aria-label="New message"
          title="New message"
          aria-haspopup="dialog"
          onClick={() => onOpenDialog('new-message')}
        >
          <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
            <path d="M9 4H4.500a1 1 0 0 0-1 1v10.500a1 1 0 0 0 1 1H15a1 1 0 0 0 1-1V11M8 12l.5-2.500 6.500-6.500 2 2-6.500 6.500z" />
          </svg>
        </button>
      </div>
      <div className="sidebar-lists">
        <h2>Channels</h2>
        <ul>{shown.channels.map(link)}</ul>
        <button
          type="button"
          className="channel-link add-channel"
          aria-haspopup="dialog"
          onClick={() => onOpenDialog('add-channel')}
        >
          <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
            <path d="M10 4v12M4 10h12" />
          </svg>
          Add channel
        </button>
        {shown.direct.length > 0 && <h2>Direct messages</h2>}
        <ul>{shown.direct.map(link)}</ul>
        <h2>Apps</h2>
        <ul>
          {shown.apps.map(link)}
          {unopened.map((app) => (
            <li key={app.id}>
              <AppLink app={app} onOpen={onOpen} />
            </li>
          ))}
        </ul>
      </div>
      <PersonMenu onChoose={onChoosePerson} />
    </nav>
  );
}
