import type {
  AddPersonRequest,
  AppRequest,
  Channel,
  ChannelRequest,
  CreateChannelRequest,
  JoinRequest,
  OpenDmRequest,
  Person,
  PersonRequest,
} from '../control-types.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { reinstallApp, uninstallApp } from '../workspace/app-life.ts';
import {
  archiveChannel,
  convertChannel,
  createChannel,
  deleteChannel,
  describeChannel,
  renameChannel,
  shareChannel,
  unarchiveChannel,
  unshareChannel,
} from '../workspace/channel-life.ts';
import { addMember, removeMember } from '../workspace/membership.ts';
import { addPerson, changePerson } from '../workspace/person-life.ts';
import { toChannel, toPerson } from './references.ts';

const MAX_OTHERS = 8;

/** What people do with channels, with each other and with apps. @throws Refusal in every method, for what Slack would not let them do. */
export function openWorkspaceControl(parts: Parts) {
  const { workspace, apps } = parts;
  return {
    openDm({ user, others }: OpenDmRequest): string {
      const me = active(toPerson(workspace, user));
      const them = others.map((one) => toPerson(workspace, one)).filter(({ id }) => id !== me.id);
      if (them.length === 0) throw new Refusal('users_list_not_supplied');
      if (them.length > MAX_OTHERS) throw new Refusal('too_many_users');
      for (const one of them) {
        if (one.deleted) throw new Refusal('user_disabled');
        if (!mayMeet(me, one)) throw new Refusal('user_not_visible');
      }
      return workspace.directChannel(me.id, ...them.map(({ id }) => id)).id;
    },

    createChannel({ user, name, private: isPrivate = false }: CreateChannelRequest): string {
      const person = fullMember(toPerson(workspace, user));
      return createChannel(parts, person.id, name, isPrivate).id;
    },

    channel({ user, channel, action, value = '' }: ChannelRequest): void {
      const person = fullMember(toPerson(workspace, user));
      const found = toChannel(parts, channel, person);
      if (!found.members.includes(person.id)) throw new Refusal('not_in_channel');
      act(found, person.id, action, value);
    },

    join({ user, channel, leave = false, by }: JoinRequest): void {
      const person = toPerson(workspace, user);
      const actor = by === undefined ? person.id : toPerson(workspace, by).id;
      const found = toChannel(parts, channel, person);
      if (leave) removeMember(parts, found, person.id, actor);
      else addMember(parts, found, person.id, actor === person.id ? undefined : actor);
    },

    app({ app_id, action }: AppRequest): void {
      const app = apps.byId(app_id);
      if (action === 'install') reinstallApp(parts, app);
      else uninstallApp(parts, app);
    },

    person({ user, ...changes }: PersonRequest): void {
      const person = toPerson(workspace, user);
      if (apps.byUser(person.id))
        throw new Refusal('not_supported', ['an app is installed and uninstalled as a whole']);
      changePerson(parts, person, changes);
    },

    addPerson: (request: AddPersonRequest): string => addPerson(parts, request).id,
  };

  function act(
    channel: Channel,
    user: string,
    action: ChannelRequest['action'],
    value: string,
  ): void {
    const actions: Record<ChannelRequest['action'], () => unknown> = {
      archive: () => archiveChannel(parts, channel, user),
      unarchive: () => unarchiveChannel(parts, channel, user),
      'make-private': () => convertChannel(parts, channel, user, 'private'),
      'make-public': () => convertChannel(parts, channel, user, 'public'),
      share: () => shareChannel(parts, channel),
      unshare: () => unshareChannel(parts, channel),
      rename: () => renameChannel(parts, channel, user, value),
      'set-topic': () => describeChannel(parts, channel, user, 'topic', value),
      'set-purpose': () => describeChannel(parts, channel, user, 'purpose', value),
      delete: () => deleteChannel(parts, channel, user),
    };
    actions[action]();
  }

  /** Guests and strangers know only whom they share a channel with. */
  function mayMeet(one: Person, other: Person): boolean {
    if (!isOutside(one) && !isOutside(other)) return true;
    const together = ({ members }: Channel) =>
      members.includes(one.id) && members.includes(other.id);
    return [...workspace.channels.values()].some(together);
  }
}

const isOutside = ({ is_restricted, is_stranger }: Person) => is_restricted || is_stranger;

/** @throws Refusal `account_inactive`. */
function active(person: Person): Person {
  if (person.deleted) throw new Refusal('account_inactive');
  return person;
}

/** @throws Refusal `account_inactive`, `user_is_restricted`. */
function fullMember(person: Person): Person {
  if (isOutside(active(person))) throw new Refusal('user_is_restricted');
  return person;
}
