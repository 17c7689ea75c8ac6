import type { Channel } from '../../../slack/control-types.ts';
import { appOfDirect, channelTitle, useDirectory } from '../workspace/directory.tsx';

/** What stands at the very beginning of a conversation. */
export function ChannelIntro({ channel }: { channel: Channel }) {
  const directory = useDirectory();
  const title = channelTitle(channel, directory);
  if (channel.kind === 'direct' || channel.kind === 'group') {
    const isApp = appOfDirect(channel, directory.apps) !== undefined;
    return (
      <p>
        This is the beginning of your direct messages with <b>{title}</b>.{' '}
        {isApp && 'Ask it something.'}
      </p>
    );
  }
  const handles = directory.apps
    .filter(({ user, installed }) => installed && channel.members.includes(user))
    .map(({ user, name }) => `@${directory.people.get(user)?.name ?? name}`);
  return (
    <p>
      This is the beginning of <b>#{title}</b>.{' '}
      {handles.length > 0
        ? `Mention ${handles.join(' or ')} to ask something.`
        : 'No app is in this channel.'}
    </p>
  );
}
