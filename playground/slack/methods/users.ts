import { unixSeconds } from '../clock.ts';
import { hasScope } from '../limits/scopes.ts';
import { page } from '../paging.ts';
import type { Method, Methods, Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';
import { toProfile, toUser } from '../workspace/user-object.ts';

const mayReadEmail = (parts: Parts, app: InstalledApp) => hasScope(parts, app, 'users:read.email');

const info: Method = (parts, args, app) => {
  const person = parts.workspace.person(args.text('user'));
  const locale = args.flag('include_locale') && { locale: 'en-US' };
  return { user: { ...toUser(person, mayReadEmail(parts, app)), ...locale } };
};

const list: Method = (parts, args, app) => {
  const email = mayReadEmail(parts, app);
  const { items, response_metadata } = page([...parts.workspace.people.values()], args, 1000);
  return {
    members: items.map((one) => toUser(one, email)),
    cache_ts: unixSeconds(),
    response_metadata,
  };
};

const lookupByEmail: Method = ({ workspace }, args) => {
  const email = args.required('email').toLowerCase();
  const found = [...workspace.people.values()].find(
    ({ profile, deleted }) => profile.email === email && !deleted,
  );
  if (!found) throw new Refusal('users_not_found');
  return { user: toUser(found, true) };
};

/** Everybody who works there is at work, and an app while it can be reached. */
const getPresence: Method = ({ workspace, apps }, args, app) => {
  const person = workspace.person(args.text('user') || app.user);
  const there = apps.byUser(person.id)?.online() ?? !person.deleted;
  return { presence: there ? 'active' : 'away' };
};

const getProfile: Method = (parts, args, app) => {
  const person = parts.workspace.person(args.text('user') || app.user);
  return { profile: toProfile(person, mayReadEmail(parts, app)) };
};

export const userMethods: Methods = {
  'users.info': info,
  'users.list': list,
  'users.lookupByEmail': lookupByEmail,
  'users.getPresence': getPresence,
  'users.profile.get': getProfile,
};
