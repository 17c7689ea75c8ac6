import type { Person } from '../control-types.ts';
import { page } from '../paging.ts';
import type { Method, Methods } from '../parts.ts';
import { app, team } from '../people.ts';
import { Refusal } from '../refusal.ts';
import { toConversation } from './conversations.ts';

const authTest: Method = ({ manifest, url }) => ({
  url: `${url()}/`,
  team: team.name,
  user: manifest.name,
  team_id: team.id,
  user_id: app.user,
  bot_id: app.bot_id,
  is_enterprise_install: false,
});

const usersInfo: Method = ({ workspace }, args) => ({
  user: toUser(workspace.person(args.text('user'))),
});

const usersList: Method = ({ workspace }, args) => {
  const { items, response_metadata } = page([...workspace.people.values()], args, 1000);
  return { members: items.map(toUser), cache_ts: Math.floor(Date.now() / 1000), response_metadata };
};

const usersConversations: Method = ({ workspace }, args) => {
  const user = args.text('user') || app.user;
  workspace.person(user);
  const types = (args.text('types') || 'public_channel').split(',').map((type) => type.trim());
  const names = { public: 'public_channel', private: 'private_channel', direct: 'im' } as const;
  const found = [...workspace.channels.values()].filter(
    (channel) =>
      types.includes(names[channel.kind]) &&
      channel.members.includes(user) &&
      (channel.kind === 'public' || channel.members.includes(app.user)),
  );
  const { items, response_metadata } = page(found, args, 100);
  return { channels: items.map(toConversation), response_metadata };
};

const teamInfo: Method = () => ({
  team: { ...team, url: `https://${team.domain}.slack.com/`, email_domain: '', icon: {} },
});

const botsInfo: Method = ({ workspace, manifest }, args) => {
  const id = args.text('bot') || app.bot_id;
  const other = [...workspace.people.values()].find((one) => one.is_bot && botId(one) === id);
  if (!other) throw new Refusal('bot_not_found');
  const own = id === app.bot_id;
  return {
    bot: {
      id,
      deleted: false,
      name: own ? manifest.name : other.real_name,
      updated: 0,
      app_id: own ? app.id : 'A0OTHER',
      user_id: other.id,
      icons: {},
    },
  };
};

const apiTest: Method = (_parts, args) => {
  const error = args.text('error');
  if (error) throw new Refusal(error, [], { args: args.all });
  return { args: args.all };
};

export const userMethods: Methods = {
  'auth.test': authTest,
  'users.info': usersInfo,
  'users.list': usersList,
  'users.conversations': usersConversations,
  'team.info': teamInfo,
  'bots.info': botsInfo,
  'api.test': apiTest,
};

/** The bot id of a person that is a bot. */
export const botId = ({ id }: Person) => id.replace(/^U/, 'B');

/** A person as `users.info` gives them. */
export function toUser(person: Person): Record<string, unknown> {
  const { is_stranger, profile, ...rest } = person;
  return {
    ...rest,
    color: '4b9fb0',
    tz_label: person.tz,
    tz_offset: offsetSeconds(person.tz),
    profile: {
      ...profile,
      real_name_normalized: profile.real_name,
      display_name_normalized: profile.display_name,
      status_text: '',
      status_emoji: '',
      team: person.team_id,
      ...(person.is_bot && { bot_id: botId(person) }),
    },
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_ultra_restricted: false,
    is_app_user: false,
    updated: 1_750_000_000,
    // Slack sends it only for people from outside, who have no restriction flags in turn.
    ...(is_stranger && { is_stranger }),
  };
}

/** How far a time zone is from UTC now. */
function offsetSeconds(timeZone: string): number {
  const wall = new Date().toLocaleString('en-US', { timeZone });
  const utc = new Date().toLocaleString('en-US', { timeZone: 'UTC' });
  return Math.round((Date.parse(wall) - Date.parse(utc)) / 1000);
}
