import type { Channel } from '../../../slack/control-types.ts';
import { useDirectory } from '../workspace/directory.tsx';

/** What stands at the very beginning of a conversation. */
export function ChannelIntro({ channel }: { channel: Channel }) {
  const { app, people } = useDirectory();
  const handle = people.get(app.user)?.name ?? app.name;
  if (channel.kind === 'direct') {
    return (
      <p>
        This is the beginning of your direct messages with <b>{app.name}</b>. Ask it something.
      </p>
    );
  }
  const isIn = channel.members.includes(app.user);
  return (
    <p>
      This is the beginning of <b>#{channel.name}</b>.{' '}
      {isIn ? `Mention @${handle} to ask it something.` : `${app.name} is not in this channel.`}
    </p>
  );
}
