import { memo, useMemo } from 'react';
import { type Block, Message, type MessageProps } from 'slack-blocks-to-jsx';
import type { AnyBlock } from '../../../slack/control-types.ts';
import { type Directory, nameOf, useDirectory } from '../workspace/directory.tsx';
import { useTheme } from '../workspace/theme.tsx';
import { boundDepth } from './bound-depth.ts';
import { Link } from './link.tsx';
import { withListNumbers } from './list-numbers.ts';
import { Mention } from './mention.tsx';

/** A block that only displays, drawn by slack-blocks-to-jsx. */
export const DisplayBlock = memo(({ block }: { block: AnyBlock }) => {
  const theme = useTheme();
  const directory = useDirectory();
  const data = useMemo(() => toData(directory), [directory]);
  const hooks = useMemo(() => toHooks(directory), [directory]);
  // What the app sent need not be a block the library knows; the error boundary around each block catches that.
  const blocks = useMemo(() => [drawable(withListNumbers(block)) as Block], [block]);
  return (
    <Message
      withoutWrapper
      theme={theme}
      name=""
      logo=""
      data={data}
      hooks={hooks}
      blocks={blocks}
    />
  );
});

/**
 * The block as the library can draw it: without `verbatim` (it only keeps Slack from making links, the library would show the
 * marks), without pictures from elsewhere, and with no text nested so deep that parsing takes minutes.
 */
function drawable(value: unknown): unknown {
  if (typeof value === 'string') return boundDepth(value);
  if (Array.isArray(value)) return value.map(drawable);
  if (typeof value !== 'object' || value === null) return value;
  const isEmoji = 'type' in value && value.type === 'emoji';
  const left = isEmoji ? ['url', ...unwanted] : unwanted;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      left.includes(key) ? [] : [[key, drawable(inner)]],
    ),
  );
}

const unwanted = ['verbatim', 'image_url', 'slack_file'];

function toData({ people, channels, usergroups }: Directory): NonNullable<MessageProps['data']> {
  return {
    users: [...people.values()].map((person) => ({ id: person.id, name: nameOf(person) })),
    channels: [...channels.values()].map(({ id, name }) => ({ id, name })),
    user_groups: [...usergroups.values()].map(({ id, handle }) => ({ id, name: handle })),
  };
}

function toHooks({ me, usergroups }: Directory): NonNullable<MessageProps['hooks']> {
  return {
    user: ({ id, name }) => <Mention me={id === me?.id}>{`@${name}`}</Mention>,
    channel: ({ name }) => <Mention>{`#${name}`}</Mention>,
    usergroup: ({ id, name }) => (
      <Mention me={usergroups.get(id)?.users.includes(me?.id ?? '') ?? false}>{`@${name}`}</Mention>
    ),
    atHere: () => <Mention me>@here</Mention>,
    atChannel: () => <Mention me>@channel</Mention>,
    atEveryone: () => <Mention me>@everyone</Mention>,
    link: ({ href, children }) => <Link href={href}>{children}</Link>,
  };
}
