import type {
  ClickRequest,
  CloseViewRequest,
  CommandRequest,
  EditRequest,
  JoinRequest,
  Message,
  OpenHomeRequest,
  Person,
  ReactRequest,
  RemoveRequest,
  SayRequest,
  State,
  SubmitRequest,
} from './control-types.ts';
import { click, closeView, runCommand, submit } from './interactions.ts';
import { addMember, removeMember } from './methods/conversations.ts';
import { react } from './methods/reactions.ts';
import type { Parts } from './parts.ts';
import { app, slackbot, team } from './people.ts';
import { toChannel, toPerson } from './references.ts';
import { Refusal } from './refusal.ts';
import { typedText } from './typed-text.ts';
import { toApiView } from './view-object.ts';

const MAX_TYPED = 40_000;

/** What people do in the workspace. @throws Refusal in every method, for what Slack would not let them do. */
export function openControl(parts: Parts) {
  const { workspace, announcer, files, views, manifest } = parts;
  const place = (user: string, channel: string) => {
    const person = toPerson(workspace, user);
    return { person, channel: toChannel(workspace, channel, person) };
  };
  const write = (typed: string) => {
    if (typed.length > MAX_TYPED) throw new Refusal('msg_too_long');
    return typedText(typed, [...workspace.people.values()], [...workspace.channels.values()]);
  };

  return {
    say(request: SayRequest): string {
      const { person, channel } = place(request.user, request.channel);
      mayWrite(person, channel);
      if (!request.text && !request.files?.length) throw new Refusal('no_text');
      const { text, blocks } = write(request.text);
      const attached = request.files?.map(({ name, content, encoding = 'utf8' }) =>
        files.add(person.id, name, Buffer.from(content, encoding)),
      );
      const message = workspace.post({
        channel: channel.id,
        user: person.id,
        team: person.team_id,
        text,
        ...authorship(person),
        ...(text && { blocks }),
        ...(attached?.length && { files: attached }),
        ...(request.thread_ts && { thread_ts: request.thread_ts }),
      });
      announcer.posted(attached?.length ? { ...message, subtype: 'file_share' } : message, request);
      if (text.includes(`<@${app.user}>`) && !channel.members.includes(app.user))
        workspace.post({
          channel: channel.id,
          user: slackbot,
          text: `<@${app.user}> is not in this channel.`,
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
      mayWrite(person, channel);
      await runCommand(parts, { ...request, user: person.id, channel: channel.id });
    },

    async click(request: ClickRequest): Promise<void> {
      const person = toPerson(workspace, request.user);
      const channel = request.channel && toChannel(workspace, request.channel, person).id;
      await click(parts, { ...request, user: person.id, ...(channel && { channel }) });
    },

    async submit(request: SubmitRequest): Promise<Record<string, string> | undefined> {
      return submit(parts, { ...request, user: toPerson(workspace, request.user).id });
    },

    closeView(request: CloseViewRequest): void {
      closeView(parts, toPerson(workspace, request.user).id, request.view_id);
    },

    react(request: ReactRequest): void {
      const { person, channel } = place(request.user, request.channel);
      const message = workspace.message(channel.id, request.ts);
      react(parts, person.id, message, request.name, request.remove === true);
    },

    openHome({ user, tab = 'home' }: OpenHomeRequest): void {
      const person = toPerson(workspace, user);
      const view = views.home(person.id);
      announcer.homeOpened(person.id, tab, view && toApiView(view));
    },

    join({ user, channel, leave = false }: JoinRequest): void {
      const person = toPerson(workspace, user);
      const found = toChannel(workspace, channel, person);
      const inside = found.members.includes(person.id);
      if (inside !== leave) throw new Refusal(inside ? 'already_in_channel' : 'not_in_channel');
      if (leave) removeMember(parts, found, person.id);
      else addMember(parts, found, person.id);
    },

    /** Oldest first; a thread with its root. Ephemeral ones only for the `user` who sees them. */
    messages(channel: string, { thread_ts, user }: { thread_ts?: string; user?: string } = {}) {
      const viewer = user === undefined ? undefined : toPerson(workspace, user);
      const found = toChannel(workspace, channel, viewer);
      return workspace
        .messages(found.id)
        .filter((one) => !one.ephemeral_to || one.ephemeral_to === viewer?.id)
        .filter((one) => !thread_ts || one.ts === thread_ts || one.thread_ts === thread_ts);
    },

    state(user: string): State {
      const me = toPerson(workspace, user);
      const seen = [...workspace.channels.values()].filter((channel) => sees(me, channel.id));
      const home = views.home(me.id);
      return {
        team,
        app: {
          id: app.id,
          user: app.user,
          bot_id: app.bot_id,
          name: manifest.name,
          online: parts.online(),
        },
        me: me.id,
        people: [...workspace.people.values()],
        channels: seen,
        commands: (manifest.commands ?? []).map(({ should_escape: _, ...command }) => command),
        messages: Object.fromEntries(
          seen.map((channel) => [
            channel.id,
            workspace
              .messages(channel.id)
              .filter((one) => !one.ephemeral_to || one.ephemeral_to === me.id),
          ]),
        ),
        statuses: workspace.statuses().filter((status) => sees(me, status.channel)),
        views: views.modals(me.id),
        ...(home && { home }),
      };
    },

    /** Whether a person may know of a channel: own ones, and public ones for those who are no guests. */
    sees: (user: string, channel: string) => sees(toPerson(workspace, user), channel),
  };

  function sees(person: Person, channelId: string): boolean {
    const channel = workspace.channel(channelId);
    const outsider = person.is_restricted || person.is_stranger;
    return channel.members.includes(person.id) || (channel.kind === 'public' && !outsider);
  }

  function ownMessage(request: RemoveRequest): Message {
    const { person, channel } = place(request.user, request.channel);
    const message = workspace.message(channel.id, request.ts);
    if (message.user !== person.id) throw new Refusal('cant_update_message');
    return message;
  }
}

export type Control = ReturnType<typeof openControl>;

function mayWrite(person: Person, channel: { members: string[]; archived: boolean }): void {
  if (person.deleted) throw new Refusal('account_inactive');
  if (!channel.members.includes(person.id)) throw new Refusal('not_in_channel');
  if (channel.archived) throw new Refusal('is_archived');
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
