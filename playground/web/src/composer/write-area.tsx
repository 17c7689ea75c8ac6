import type { Channel, State } from '../../../slack/control-types.ts';
import { appOfDirect, useDirectory } from '../workspace/directory.tsx';
import { Composer } from './composer.tsx';
import { JoinBar } from './join-bar.tsx';

interface Props {
  state: State;
  channel: Channel;
  /** The root's `ts`, in a thread. */
  thread?: string;
  placeholder: string;
  /** ↑ in the empty composer: edit one's last message. */
  onEditLast?: () => void;
  /** A message or a command is on its way. */
  onSend?: () => void;
}

/** The composer, or what stands in its place where one can't write. */
export function WriteArea({ state, channel, thread, placeholder, onEditLast, onSend }: Props) {
  const { me } = useDirectory();
  if (!me) return null;
  const { id, archived, members } = channel;
  const app = appOfDirect(channel, state.apps);
  const refusal = me.deleted
    ? 'Your account has been deactivated. Choose another person to go on.'
    : archived
      ? 'This channel has been archived. It can be read, not written in.'
      : app && !app.installed
        ? `${app.name} has been removed from this workspace.`
        : app && !app.messages_tab
          ? 'Sending messages to this app has been turned off.'
          : undefined;
  if (refusal) return <p className="join-bar">{refusal}</p>;
  // In a thread the channel beside it offers to join.
  if (!members.includes(me.id)) return thread ? null : <JoinBar user={me.id} channel={channel} />;
  return (
    <Composer
      user={me.id}
      channel={id}
      thread={thread}
      placeholder={placeholder}
      prompts={state.prompts.filter((one) => one.channel === id && one.thread_ts === thread)}
      onEditLast={onEditLast}
      onSend={onSend}
    />
  );
}
