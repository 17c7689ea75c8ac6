import { isRecord } from '../args.ts';
import { readContent } from '../message-content.ts';
import type { Method, Methods, Parts } from '../parts.ts';
import { app } from '../people.ts';
import { Refusal } from '../refusal.ts';

const getUploadUrl: Method = ({ files }, args) => ({
  ...files.announce(app.user, args.required('filename'), args.number('length', 0, 0, 2 ** 40)),
});

const completeUpload: Method = (parts, args) => {
  const list = args.json('files');
  if (!Array.isArray(list) || list.length === 0 || !list.every(isRecord))
    throw new Refusal('invalid_arguments', ['missing required field: files']);
  const ids = (args.text('channel_id') || args.text('channels') || '').split(',').filter(Boolean);
  const thread_ts = args.text('thread_ts');
  if (thread_ts && ids.length !== 1) throw new Refusal('invalid_arguments', ['one channel only']);
  const channels = ids.map((id) => parts.workspace.channelOfApp(id));
  const text = args.text('initial_comment') ?? '';
  const blocks = !text && args.has('blocks') ? readContent(args, 'post').blocks : undefined;
  const files = list.map((one) =>
    parts.files.complete(String(one.id), one.title ? String(one.title) : undefined),
  );
  for (const { id: channel } of channels) {
    const message = parts.workspace.post({
      channel,
      user: app.user,
      bot_id: app.bot_id,
      app_id: app.id,
      text,
      files,
      ...(blocks && { blocks }),
      ...(thread_ts && { thread_ts }),
    });
    parts.announcer.posted({ ...message, subtype: 'file_share' });
  }
  return { files: files.map((file) => toFile(parts, file.id)) };
};

const filesInfo: Method = (parts, args) => ({ file: toFile(parts, args.text('file')) });

export const fileMethods: Methods = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
  'files.info': filesInfo,
};

/** A file as Slack's API gives it, with where it was shared. */
function toFile({ files, workspace }: Parts, id: string | undefined): Record<string, unknown> {
  const info = files.info(id);
  const shares: Record<'public' | 'private', Record<string, unknown[]>> = {
    public: {},
    private: {},
  };
  for (const channel of workspace.channels.values()) {
    const found = workspace
      .messages(channel.id)
      .filter((message) => message.files?.some((file) => file.id === info.id))
      .map(({ ts, thread_ts }) => ({ ts, ...(thread_ts && { thread_ts }) }));
    if (found.length === 0) continue;
    shares[channel.kind === 'public' ? 'public' : 'private'][channel.id] = found;
  }
  return { ...info, mode: 'hosted', is_external: false, shares };
}
