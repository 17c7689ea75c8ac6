import type { Args } from '../args.ts';
import { unixSeconds } from '../clock.ts';
import type { Usergroup } from '../control-types.ts';
import type { Method, Methods, Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import {
  createUsergroup,
  setUsergroupUsers,
  toSubteam,
  type UsergroupFields,
  updateUsergroup,
} from '../workspace/usergroup-life.ts';

const list: Method = ({ workspace }, args) => ({
  usergroups: [...workspace.usergroups.values()]
    .filter((group) => group.date_delete === 0 || args.flag('include_disabled'))
    .map((group) => shown(group, args)),
});

const create: Method = (parts, args, app) => ({
  usergroup: toSubteam(createUsergroup(parts, app.user, fieldsOf(args))),
});

const update: Method = (parts, args, app) => ({
  usergroup: toSubteam(updateUsergroup(parts, app.user, named(parts, args), fieldsOf(args))),
});

const enable: Method = (parts, args, app) => ({
  usergroup: toSubteam(updateUsergroup(parts, app.user, named(parts, args), { date_delete: 0 })),
});

const disable: Method = (parts, args, app) => ({
  usergroup: toSubteam(
    updateUsergroup(parts, app.user, named(parts, args), {
      date_delete: unixSeconds(),
    }),
  ),
});

const listUsers: Method = (parts, args) => {
  const { users, date_delete } = named(parts, args);
  if (date_delete > 0 && !args.flag('include_disabled')) throw new Refusal('no_such_subteam');
  return { users };
};

const updateUsers: Method = (parts, args, app) => {
  const group = named(parts, args);
  const users = listOf(args, 'users') ?? [];
  if (users.length === 0) throw new Refusal('no_users_provided');
  return { usergroup: toSubteam(setUsergroupUsers(parts, app.user, group, users)) };
};

export const usergroupMethods: Methods = {
  'usergroups.list': list,
  'usergroups.create': create,
  'usergroups.update': update,
  'usergroups.enable': enable,
  'usergroups.disable': disable,
  'usergroups.users.list': listUsers,
  'usergroups.users.update': updateUsers,
};

/** @throws Refusal `no_such_subteam`. */
function named({ workspace }: Parts, args: Args): Usergroup {
  const group = workspace.usergroups.get(args.text('usergroup') ?? '');
  if (!group) throw new Refusal('no_such_subteam');
  return group;
}

/** In a list, members and their number are there only when asked for. */
function shown(group: Usergroup, args: Args): Record<string, unknown> {
  const { users, user_count, ...rest } = toSubteam(group);
  return {
    ...rest,
    ...(args.flag('include_users') && { users }),
    ...(args.flag('include_count') && { user_count }),
  };
}

function fieldsOf(args: Args): UsergroupFields {
  const texts = ['name', 'handle', 'description'] as const;
  const given = texts.flatMap((field) => {
    const text = args.text(field);
    return text === undefined ? [] : [[field, text]];
  });
  const channels = listOf(args, 'channels');
  return { ...Object.fromEntries(given), ...(channels && { channels }) };
}

function listOf(args: Args, name: string): string[] | undefined {
  const text = args.text(name);
  if (text === undefined) return undefined;
  const all = text.split(',').map((one) => one.trim());
  return [...new Set(all)].filter(Boolean);
}
