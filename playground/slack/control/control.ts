import type {
  Channel,
  ClickRequest,
  CloseViewRequest,
  CommandRequest,
  EditRequest,
  FileInfo,
  Limits,
  Message,
  OpenHomeRequest,
  Person,
  ReactRequest,
  RemoveRequest,
  SayRequest,
  ShortcutRequest,
  State,
  StopRequest,
  SubmitRequest,
  SuggestRequest,
} from '../control-types.ts';
import { uploadOf } from '../files/downloads.ts';
import { announceFiles, sharedFiles } from '../files/file-shares.ts';
import { click } from '../interactivity/click.ts';
import { closeView } from '../interactivity/close-view.ts';
import { runCommand } from '../interactivity/run-command.ts';
import { runShortcut } from '../interactivity/run-shortcut.ts';
import { stopSessions } from '../interactivity/stop-sessions.ts';
import { submit } from '../interactivity/submit.ts';
import { type Suggestions, suggest } from '../interactivity/suggest.ts';
import { toApiView } from '../interactivity/view-object.ts';
import { react } from '../messages/react.ts';
import { typedText } from '../messages/typed-text.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { slackbot, team } from '../workspace/people.ts';
import { toChannel, toPerson } from './references.ts';
import { openWorkspaceControl } from './workspace-control.ts';

const MAX_TYPED = 40_000;

/** What people do in the workspace. @throws Refusal in every method, for what Slack would not let them do. */
export function openControl(parts: Parts) {
  const { workspace, announcer, files, views, apps } = parts;
  const place = (user: string, channel: string) => {
    const person = toPerson(workspace, user);
    return { person, channel: toChannel(parts, channel, person) };
  };
  const write = (typed: string) => {
    if (typed.length > MAX_TYPED) throw new Refusal('msg_too_long');
    return typedText(typed, workspace);
  };

  return {
    ...openWorkspaceControl(parts),

    say(request: SayRequest): string {
      const { person, channel } = place(request.user, request.channel);
      mayWrite(parts, person, channel);
      const { file_ids = [], files: written = [] } = request;
      if (!request.text && written.length + file_ids.length === 0) throw new Refusal('no_text');
      const { text, blocks } = write(request.text);
      const attached = [
        ...file_ids.map((id) => files.ofPerson(id, person.id)),
        ...written.map(({ name, content, encoding = 'utf8' }) =>
          files.add(person.id, name, Buffer.from(content, encoding)),
        ),
      ];
      const message = workspace.post({
        channel: channel.id,
        user: person.id,
        team: person.team_id,
        text,
        ...authorship(person),
        ...(text && { blocks }),
        ...(attached.length > 0 && { files: sharedFiles(parts, attached, channel) }),
        ...(request.thread_ts && { thread_ts: request.thread_ts }),
      });
      announcer.posted(message.files ? { ...message, subtype: 'file_share' } : message, request);
      announceFiles(parts, message);
      for (const { user, installed } of apps.list())
        if (installed && text.includes(`<@${user}>`) && !channel.members.includes(user))
          workspace.post({
            channel: channel.id,
            user: slackbot,
            text: `<@${user}> is not in this channel.`,
            ephemeral_to: person.id,
          });
      return message.ts;
    },

    edit(request: EditRequest): void {
      const previous = ownMessage(request);
      const message = workspace.change(previous.channel, previous.ts, {
        ...write(request.text),
        edited: { user: previous.user, ts: workspace.nextTs(previous.channel) },
      });
      announcer.changed(previous, message);
    },

    remove(request: RemoveRequest): void {
      const { channel, ts } = ownMessage(request);
      const { previous, tombstone } = workspace.remove(channel, ts);
      if (tombstone) announcer.changed(previous, tombstone);
      else announcer.deleted(previous);
    },

    async command(request: CommandRequest): Promise<void> {
      const { person, channel } = place(request.user, request.channel);
      mayWrite(parts, person, channel);
      await runCommand(parts, { ...request, user: person.id, channel: channel.id });
    },

    async click(request: ClickRequest): Promise<void> {
      await click(parts, inPlace(request));
    },

    async submit(request: SubmitRequest): Promise<Record<string, string> | undefined> {
      return submit(parts, { ...request, user: toPerson(workspace, request.user).id });
    },

    closeView(request: CloseViewRequest): void {
      closeView(parts, { ...request, user: toPerson(workspace, request.user).id });
    },

    upload: (from: { user: string; name: string }, bytes: Buffer): FileInfo =>
      uploadOf(parts, from, bytes),

    async shortcut(request: ShortcutRequest): Promise<void> {
      await runShortcut(parts, inPlace(request));
    },

    async suggest(request: SuggestRequest): Promise<Suggestions> {
      return suggest(parts, inPlace(request));
    },

    react(request: ReactRequest): void {
      const { person, channel } = place(request.user, request.channel);
      if (person.deleted) throw new Refusal('account_inactive');
      if (!sees(person, channel.id)) throw new Refusal('channel_not_found');
      const message = workspace.message(channel.id, request.ts);
      react(parts, person.id, message, request.name, request.remove === true);
    },

    stop(request: StopRequest): void {
      const { person, channel } = place(request.user, request.channel);
      mayWrite(parts, person, channel);
      stopSessions(parts, person.id, channel.id, request.thread_ts);
    },

    openHome({ user, app_id, tab = 'home' }: OpenHomeRequest): void {
      const person = toPerson(workspace, user);
      const app = apps.byId(app_id);
      const view = views.home(person.id, app.id);
      announcer.homeOpened(app, person.id, tab, view && toApiView(view, app));
    },

    /** Switches limits on or off, for everybody and at once. */
    limits(request: Partial<Limits>): void {
      Object.assign(parts.limits, request);
      workspace.tell({ type: 'limits', limits: { ...parts.limits } });
    },

    /** Oldest first; a thread with its root. Ephemeral ones only for the `user` who sees them. */
    messages(channel: string, { thread_ts, user }: { thread_ts?: string; user?: string } = {}) {
      const viewer = user === undefined ? undefined : toPerson(workspace, user);
      const found = toChannel(parts, channel, viewer);
      return workspace
        .messages(found.id)
        .filter((one) => !one.ephemeral_to || one.ephemeral_to === viewer?.id)
        .filter((one) => !thread_ts || one.ts === thread_ts || one.thread_ts === thread_ts)
        .map((one) => (viewer ? parts.streams.seenBy(one, viewer.id) : one));
    },

    state(user: string): State {
      const me = toPerson(workspace, user || firstToLook());
      const seen = [...workspace.channels.values()].filter((channel) => sees(me, channel.id));
      return {
        team,
        apps: apps.list().map((app) => app.info()),
        me: me.id,
        people: [...workspace.people.values()],
        usergroups: [...workspace.usergroups.values()],
        channels: seen,
        messages: Object.fromEntries(
          seen.map((channel) => [
            channel.id,
            workspace
              .messages(channel.id)
              .filter((one) => !one.ephemeral_to || one.ephemeral_to === me.id)
              .map((one) => parts.streams.seenBy(one, me.id)),
          ]),
        ),
        statuses: workspace.sessions.statuses().filter((status) => sees(me, status.channel)),
        views: views.modals(me.id),
        homes: views.homes(me.id),
        prompts: parts.prompts.list().filter((one) => sees(me, one.channel)),
        limits: parts.limits,
      };
    },

    /** Whether a person may know of a channel: own ones, and public ones for those who are no guests. */
    sees: (user: string, channel: string) => sees(toPerson(workspace, user), channel),
  };

  /** Through whose eyes the page looks before it knows who there is. */
  function firstToLook(): string {
    const staff = [...workspace.people.values()].filter((one) => !one.is_bot && !one.deleted);
    return staff[0]?.id ?? '';
  }

  function sees(person: Person, channelId: string): boolean {
    const channel = workspace.channels.get(channelId);
    const outsider = person.is_restricted || person.is_stranger;
    return (
      channel !== undefined &&
      (channel.members.includes(person.id) || (channel.kind === 'public' && !outsider))
    );
  }

  /** The request with ids for the names in it. */
  function inPlace<T extends { user: string; channel?: string }>(request: T): T {
    const person = toPerson(workspace, request.user);
    const channel = request.channel && toChannel(parts, request.channel, person).id;
    return { ...request, user: person.id, ...(channel && { channel }) };
  }

  function ownMessage(request: RemoveRequest): Message {
    const { person, channel } = place(request.user, request.channel);
    const message = workspace.message(channel.id, request.ts);
    if (message.user !== person.id) throw new Refusal('cant_update_message');
    return message;
  }
}

export type Control = ReturnType<typeof openControl>;

function mayWrite({ apps, workspace }: Parts, person: Person, channel: Channel): void {
  if (person.deleted) throw new Refusal('account_inactive');
  if (!channel.members.includes(person.id)) throw new Refusal('not_in_channel');
  if (channel.archived) throw new Refusal('is_archived');
  if (channel.kind !== 'direct') return;
  const other = channel.members.find((one) => one !== person.id) ?? person.id;
  if (workspace.person(other).deleted) throw new Refusal('is_inactive');
  if (apps.byUser(other)?.manifest.messagesTab === false)
    throw new Refusal('messages_tab_disabled');
}

/** People's messages have a client's id; those of a bot are marked in Slack's older way. */
const authorship = (person: Person) =>
  person.is_bot
    ? {
        subtype: 'bot_message',
        bot_id: person.id.replace(/^U/, 'B'),
        username: person.real_name,
      }
    : { client_msg_id: crypto.randomUUID() };
