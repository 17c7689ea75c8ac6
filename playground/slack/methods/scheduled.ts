import type { Args } from '../args.ts';
import { readContent } from '../messages/message-content.ts';
import type { ScheduledMessage } from '../messages/scheduled-messages.ts';
import { writableChannel } from '../messages/writable-channel.ts';
import { page } from '../paging.ts';
import type { Method, Methods, Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';
import { team } from '../workspace/people.ts';
import { draftOf, postMessage } from './chat.ts';

const MAX_AHEAD_SECONDS = 120 * 24 * 3600;
const WINDOW_SECONDS = 300;
const MAX_PER_WINDOW = 30;
/** This long before its time a message can't be deleted any more. */
const LAST_SECONDS = 60;

const scheduleMessage: Method = (parts, args, app) => {
  const channel = writableChannel(parts, args, app, { publicToo: true }).id;
  const post_at = readTime(args);
  const content = readContent(args, 'whole', parts.limits);
  mayScheduleAt(parts, app, channel, post_at);
  const { channel: _, ...message } = draftOf(parts, args, app, channel, content);
  const { text } = message;
  const { id } = parts.scheduled.add({ app, channel, post_at, text }, () => post(parts, args, app));
  return {
    channel,
    scheduled_message_id: id,
    post_at,
    message: { ...message, type: 'delayed_message', team: team.id },
  };
};

const deleteScheduledMessage: Method = (parts, args, app) => {
  const { limits, scheduled, workspace } = parts;
  const channel = workspace.channelOfApp(app, args.text('channel')).id;
  const id = args.required('scheduled_message_id');
  const found = scheduled.list(app).find((one) => one.id === id && one.channel === channel);
  const soon = found && found.post_at - Date.now() / 1000 < LAST_SECONDS;
  if (!found || (limits.deadlines && soon)) throw new Refusal('invalid_scheduled_message_id');
  scheduled.remove(id);
  return {};
};

const list: Method = ({ scheduled, workspace }, args, app) => {
  const channel = args.text('channel');
  if (channel && !workspace.channels.has(channel)) throw new Refusal('invalid_channel');
  const oldest = Number(args.text('oldest') || 0);
  const latest = Number(args.text('latest') || Number.POSITIVE_INFINITY);
  const found = scheduled
    .list(app)
    .filter((one) => !channel || one.channel === channel)
    .filter(({ post_at }) => post_at >= oldest && post_at <= latest);
  const { items, response_metadata } = page(found, args, 100);
  return { scheduled_messages: items.map(toListed), response_metadata };
};

export const scheduledMethods: Methods = {
  'chat.scheduleMessage': scheduleMessage,
  'chat.deleteScheduledMessage': deleteScheduledMessage,
  'chat.scheduledMessages.list': list,
};

/** @throws Refusal `invalid_time`, `time_in_past`. */
function readTime(args: Args): number {
  const time = Number(args.required('post_at'));
  if (!Number.isFinite(time)) throw new Refusal('invalid_time');
  if (time * 1000 <= Date.now()) throw new Refusal('time_in_past');
  return Math.trunc(time);
}

/** @throws Refusal `time_too_far`, `restricted_too_many`. */
function mayScheduleAt(parts: Parts, app: InstalledApp, channel: string, post_at: number): void {
  const { limits, scheduled } = parts;
  if (limits.deadlines && post_at - Date.now() / 1000 > MAX_AHEAD_SECONDS)
    throw new Refusal('time_too_far');
  // Where Slack's windows begin is not known; these are the clock's five minutes.
  const windowOf = (time: number) => Math.floor(time / WINDOW_SECONDS);
  const same = scheduled
    .list(app)
    .filter((one) => one.channel === channel && windowOf(one.post_at) === windowOf(post_at));
  if (limits.rates && same.length >= MAX_PER_WINDOW) throw new Refusal('restricted_too_many');
}

/** The time has come. What Slack would refuse now is not posted, and nobody hears of it. */
function post(parts: Parts, args: Args, app: InstalledApp): void {
  if (!app.installed) return;
  try {
    postMessage(parts, args, app);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

const toListed = ({ id, channel, post_at, date_created, text }: ScheduledMessage) => ({
  id,
  channel_id: channel,
  post_at,
  date_created,
  text,
});
