import { unixSeconds } from '../clock.ts';
import type { AddPersonRequest, Person, PersonRequest } from '../control-types.ts';
import type { EventOf } from '../delivery/events.ts';
import { hasScope } from '../limits/scopes.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from './installed-app.ts';
import { addMember } from './membership.ts';
import { person } from './people.ts';
import { toUser } from './user-object.ts';

/** Changes a person: a guest or not, deactivated or not, another title. Apps hear `user_change`. */
export function changePerson(
  parts: Parts,
  { profile, ...known }: Person,
  { is_restricted, deleted, title }: Omit<PersonRequest, 'user'>,
): Person {
  const changed = parts.workspace.putPerson({
    ...known,
    ...(is_restricted !== undefined && { is_restricted }),
    ...(deleted !== undefined && { deleted }),
    profile: { ...profile, ...(title !== undefined && { title }) },
  });
  parts.announcer.toAll(userEvent(parts, 'user_change', changed));
  return changed;
}

/**
 * Somebody new, in #general unless they are a guest, with a DM to every app. Apps hear `team_join`.
 *
 * @throws Refusal `invalid_name`, `name_taken`, `invalid_timezone`.
 */
export function addPerson(parts: Parts, request: AddPersonRequest): Person {
  const { workspace, apps, announcer } = parts;
  const { name, real_name = name, tz = 'UTC', is_restricted = false } = request;
  if (!/^[a-z0-9._-]{1,80}$/.test(name)) throw new Refusal('invalid_name');
  const id = `U0${name.replace(/[^a-z0-9]/g, '').toUpperCase()}`;
  const taken = [...workspace.people.values()].some((one) => one.name === name || one.id === id);
  if (taken || id === 'U0') throw new Refusal('name_taken');
  if (!isTimeZone(tz)) throw new Refusal('invalid_timezone');
  const added = workspace.putPerson(person(id, name, real_name, tz, { is_restricted }));
  announcer.toAll(userEvent(parts, 'team_join', added));
  for (const { user, installed } of apps.list()) if (installed) workspace.directChannel(id, user);
  const general = [...workspace.channels.values()].find((one) => one.name === 'general');
  if (general && !is_restricted) addMember(parts, general, id);
  return added;
}

const userEvent =
  (parts: Parts, type: string, person: Person) =>
  (app: InstalledApp): EventOf => ({
    type,
    user: toUser(person, hasScope(parts, app, 'users:read.email')),
    cache_ts: unixSeconds(),
  });

function isTimeZone(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }));
  } catch {
    return false;
  }
}
