import { type Args, isRecord, toText } from '../args.ts';
import { checkBlocks } from '../blocks/blocks.ts';
import type { Channel, FileInfo } from '../control-types.ts';
import {
  announceDeleted,
  announceFiles,
  appMayRead,
  sharedFiles,
  sharesOf,
  toApiFile,
} from '../files/file-shares.ts';
import type { Method, Methods, Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';

const MAX_CHANNELS = 100;

const getUploadUrl: Method = ({ files }, args, app) =>
  files.announce(app.user, {
    name: args.required('filename'),
    size: Number(args.text('length')),
    // Slack's documents say `alt_txt`, its SDK sends `alt_text`.
    alt_txt: args.text('alt_txt') ?? args.text('alt_text'),
    snippet_type: args.text('snippet_type') || undefined,
  });

/** Everything that may be wrong is looked at first: files are shared all together, or none is. */
const completeUpload: Method = (parts, args, app) => {
  const uploads = readUploads(parts, args, app);
  const channels = readChannels(parts, args, app);
  const thread_ts = args.text('thread_ts');
  const text = args.text('initial_comment') ?? '';
  const blocks = !text && args.json('blocks', 'invalid_blocks_format');
  const shown = blocks ? checkBlocks(blocks, parts.limits) : undefined;
  for (const channel of channels) {
    const message = parts.workspace.post({
      channel: channel.id,
      ...app.authorship(),
      text,
      files: sharedFiles(parts, uploads, channel),
      ...(shown && { blocks: shown }),
      ...(thread_ts && { thread_ts }),
    });
    parts.announcer.posted({ ...message, subtype: 'file_share' });
    announceFiles(parts, message);
  }
  const done = uploads.map(({ id, title }) => parts.files.complete(id, title));
  // Slack shares files a little later: where they stand is not in this answer.
  return { files: done.map((file) => toApiFile(file)) };
};

const info: Method = (parts, args, app) => {
  const { file, shares } = readableFile(parts, args, app);
  return { file: toApiFile(file, shares), comments: [], response_metadata: { next_cursor: '' } };
};

const list: Method = (parts, args, app) => {
  const shares = sharesOf(parts);
  const channel = args.text('channel');
  const user = args.text('user');
  if (user) parts.workspace.person(user);
  const found = parts.files
    .list()
    .filter((file) => appMayRead(parts, app, file, shares.get(file.id)))
    .filter((file) => !user || file.user === user)
    .filter((file) => !channel || shares.get(file.id)?.some((one) => one.channel.id === channel))
    .filter(inTime(args))
    .filter(ofTypes(args.text('types') || 'all'));
  const count = args.number('count', 100, 1, 1_000);
  const page = args.number('page', 1, 1, Number.MAX_SAFE_INTEGER);
  return {
    files: found
      .slice((page - 1) * count, page * count)
      .map((file) => toApiFile(file, shares.get(file.id))),
    paging: { count, total: found.length, page, pages: Math.ceil(found.length / count) },
  };
};

const remove: Method = (parts, args, app) => {
  const { file, shares } = readableFile(parts, args, app);
  if (file.user !== app.user) throw new Refusal('cant_delete_file');
  parts.files.delete(file.id);
  for (const { message } of shares) {
    const files = message.files?.map((one) =>
      one.id === file.id ? { ...one, mode: 'tombstone' as const } : one,
    );
    const changed = parts.workspace.change(message.channel, message.ts, { files });
    parts.announcer.changed(message, changed);
  }
  announceDeleted(parts, file.id, [...new Set(shares.map(({ channel }) => channel.id))]);
  return {};
};

export const fileMethods: Methods = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
  'files.info': info,
  'files.list': list,
  'files.delete': remove,
};

/** What an app uploaded and now finishes. @throws Refusal `invalid_arguments`, `file_not_found`, `file_not_uploaded`. */
function readUploads({ files }: Parts, args: Args, app: InstalledApp): FileInfo[] {
  const value = args.json('files');
  if (!Array.isArray(value) || value.length === 0 || !value.every(isRecord))
    throw new Refusal('invalid_arguments', ['missing required field: files']);
  const uploads = value.map(({ id, title }) => {
    const file = files.uploaded(toText(id), app.user);
    return { ...file, title: typeof title === 'string' && title ? title : file.title };
  });
  if (new Set(uploads.map(({ id }) => id)).size < uploads.length)
    throw new Refusal('file_not_found', ['a file is named twice']);
  return uploads;
}

/** Where the files go to: channels, or people for their DMs. @throws Refusal `channel_not_found`, `not_in_channel`, … */
function readChannels({ workspace }: Parts, args: Args, app: InstalledApp): Channel[] {
  const named = [args.text('channel_id'), args.text('channels')].join(',').split(',');
  const ids = [...new Set(named.map((id) => id.trim()).filter(Boolean))];
  if (ids.length > MAX_CHANNELS) throw new Refusal('channels_limit_exceeded');
  if (args.has('thread_ts') && ids.length !== 1)
    throw new Refusal('invalid_arguments', ['thread_ts goes with exactly one channel']);
  return ids.map((id) => {
    const channel = workspace.people.has(id)
      ? workspace.directChannel(id, app.user)
      : workspace.channelOfApp(app, id);
    if (channel.archived) throw new Refusal('is_archived');
    return channel;
  });
}

/** @throws Refusal `file_not_found`, also for what the app may not read. */
function readableFile(parts: Parts, args: Args, app: InstalledApp) {
  const file = parts.files.info(args.text('file'));
  const shares = sharesOf(parts).get(file.id) ?? [];
  if (!appMayRead(parts, app, file, shares)) throw new Refusal('file_not_found');
  return { file, shares };
}

function inTime(args: Args) {
  const from = Number(args.text('ts_from') || 0);
  const to = Number(args.text('ts_to') || Number.POSITIVE_INFINITY);
  return ({ created }: FileInfo) => created >= from && created <= to;
}

/** @throws Refusal `unknown_type`. */
function ofTypes(wanted: string) {
  const tests = wanted.split(',').map((type) => {
    const test = Object.hasOwn(typeTests, type.trim()) ? typeTests[type.trim()] : undefined;
    if (!test) throw new Refusal('unknown_type');
    return test;
  });
  return (file: FileInfo) => tests.some((test) => test(file));
}

const typeTests: Record<string, (file: FileInfo) => boolean> = {
  all: () => true,
  images: ({ mimetype }) => mimetype.startsWith('image/'),
  snippets: ({ mode }) => mode === 'snippet',
  zips: ({ filetype }) => filetype === 'zip',
  pdfs: ({ filetype }) => filetype === 'pdf',
  spaces: () => false,
  gdocs: () => false,
};
