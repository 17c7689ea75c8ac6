import type { Channel, FileInfo, Message } from '../control-types.ts';
import type { Parts } from '../parts.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';

interface Share {
  channel: Channel;
  message: Message;
}

/** Where files stand, by their ids. */
export function sharesOf({ workspace }: Pick<Parts, 'workspace'>): Map<string, Share[]> {
  const shares = new Map<string, Share[]>();
  for (const channel of workspace.channels.values())
    for (const message of workspace.messages(channel.id))
      for (const { id } of message.files ?? [])
        shares.set(id, [...(shares.get(id) ?? []), { channel, message }]);
  return shares;
}

/** Whether an app may read a file: its own, one that it was handed, or one in a public channel or a channel that it is in. */
export function appMayRead(
  { files }: Pick<Parts, 'files'>,
  app: InstalledApp,
  file: FileInfo,
  shares: Share[] = [],
): boolean {
  return (
    file.user === app.user ||
    files.mayRead(file.id, app.id) ||
    shares.some(({ channel }) => channel.kind === 'public' || channel.members.includes(app.user))
  );
}

/** A file as Slack's API gives it, with where it stands. */
export function toApiFile(file: FileInfo, shares: Share[] = []): Record<string, unknown> {
  const idsOf = (...kinds: Channel['kind'][]) => [
    ...new Set(
      shares
        .map(({ channel }) => channel)
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ id }) => id),
    ),
  ];
  const standing = (wanted: boolean) =>
    Object.fromEntries(
      [...Map.groupBy(shares, ({ channel }) => channel.id)]
        .filter(([, [first]]) => (first?.channel.kind === 'public') === wanted)
        .map(([id, found]) => [id, found.map(({ message }) => toShare(message))]),
    );
  return {
    ...file,
    channels: idsOf('public'),
    groups: idsOf('private'),
    ims: idsOf('direct', 'group'),
    shares: { public: standing(true), private: standing(false) },
  };
}

const toShare = ({ ts, thread_ts, reply_count = 0, reply_users = [] }: Message) => ({
  ts,
  ...(thread_ts && { thread_ts }),
  reply_count,
  reply_users,
  reply_users_count: reply_users.length,
});

/** A file as a shared channel's other side sees it: its details must be asked for with `files.info`. */
export const toFileStub = ({ id, created }: FileInfo) => ({
  id,
  created,
  timestamp: created,
  mode: 'file_access',
  file_access: 'check_file_info',
});

/** Files as they are to stand in a message: in a public channel they become public. */
export function sharedFiles({ files }: Pick<Parts, 'files'>, infos: FileInfo[], { kind }: Channel) {
  if (kind !== 'public') return infos;
  for (const { id } of infos) files.publish(id);
  return infos.map((info) => ({ ...info, is_public: true }));
}

/** Tells the apps of a channel about the files of a message that was just posted there. */
export function announceFiles({ announcer, workspace }: Parts, message: Message): void {
  const { kind } = workspace.channel(message.channel);
  for (const { id, user } of message.files ?? []) {
    const event = { file_id: id, user_id: user, file: { id } };
    announcer.inChannel(message.channel, { type: 'file_created', ...event });
    if (kind === 'public') announcer.inChannel(message.channel, { type: 'file_public', ...event });
    announcer.inChannel(message.channel, {
      type: 'file_shared',
      ...event,
      channel_id: message.channel,
    });
  }
}

/** Tells the apps of a deleted file's channels. */
export function announceDeleted({ announcer }: Parts, id: string, channels: string[]): void {
  for (const channel of channels)
    announcer.inChannel(channel, { type: 'file_deleted', file_id: id, channel_ids: channels });
}
