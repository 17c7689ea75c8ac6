import type { Channel } from '../../../slack/control-types.ts';
import type { SidebarDialog } from '../sidebar/sidebar.tsx';
import { AddChannel } from './add-channel.tsx';
import { ChannelDetails } from './channel-details.tsx';
import { NewMessage } from './new-message.tsx';
import { WorkspaceMenu } from './workspace-menu.tsx';

/** Which window is open over the page. */
export type OpenDialog = SidebarDialog | 'channel';

/** The window that is open over the page, if any. */
export function OfficeDialog({
  dialog,
  team,
  channel,
  onOpen,
  onClose,
}: {
  dialog: OpenDialog | undefined;
  team: string;
  /** What the details are about. */
  channel: Channel | undefined;
  onOpen: (channel: string) => void;
  onClose: () => void;
}) {
  if (dialog === 'workspace') return <WorkspaceMenu team={team} onClose={onClose} />;
  if (dialog === 'new-message') return <NewMessage onOpen={onOpen} onClose={onClose} />;
  if (dialog === 'add-channel') return <AddChannel onOpen={onOpen} onClose={onClose} />;
  if (dialog === 'channel' && channel)
    return <ChannelDetails channel={channel} onClose={onClose} />;
  return null;
}
