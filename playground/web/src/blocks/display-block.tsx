import { memo, useMemo } from 'react';
import { type Block, Message, type MessageProps } from 'slack-blocks-to-jsx';
import type { AnyBlock } from '../../../slack/control-types.ts';
import { type Directory, nameOf, useDirectory } from '../workspace/directory.tsx';
import { useTheme } from '../workspace/theme.tsx';
import { Link } from './link.tsx';
import { Mention } from './mention.tsx';

/** A block that only displays, drawn by slack-blocks-to-jsx. */
export const DisplayBlock = memo(({ block }: { block: AnyBlock }) => {
  const theme = useTheme();
  const directory = useDirectory();
  const data = useMemo(() => toData(directory), [directory]);
  const hooks = useMemo(() => toHooks(directory), [directory]);
  // What the app sent need not be a block the library knows; the error boundary around each block catches that.
  const blocks = useMemo(() => [withoutVerbatim(block) as unknown as Block], [block]);
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

/** Slack's `verbatim` only keeps it from making links of what looks like one; the library would show the marks. */
function withoutVerbatim(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutVerbatim);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      key === 'verbatim' ? [] : [[key, withoutVerbatim(inner)]],
    ),
  );
}

function toData({ people, channels }: Directory): NonNullable<MessageProps['data']> {
  return {
    users: [...people.values()].map((person) => ({ id: person.id, name: nameOf(person) })),
    channels: [...channels.values()].map(({ id, name }) => ({ id, name })),
  };
}

function toHooks({ me }: Directory): NonNullable<MessageProps['hooks']> {
  return {
    user: ({ id, name }) => <Mention me={id === me?.id}>{`@${name}`}</Mention>,
    channel: ({ name }) => <Mention>{`#${name}`}</Mention>,
    atHere: () => <Mention me>@here</Mention>,
    atChannel: () => <Mention me>@channel</Mention>,
    atEveryone: () => <Mention me>@everyone</Mention>,
    link: ({ href, children }) => <Link href={href}>{children}</Link>,
  };
}
