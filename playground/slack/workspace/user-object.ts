import type { Person } from '../control-types.ts';
import { beginning } from './people.ts';

/** The bot id of a person that is a bot. */
export const botId = ({ id }: Person) => id.replace(/^U/, 'B');

/** A person as `users.info` gives them; the address only to those who may see it. */
export function toUser(person: Person, mayReadEmail: boolean): Record<string, unknown> {
  const { is_stranger, profile: _, ...rest } = person;
  return {
    ...rest,
    color: '4b9fb0',
    tz_label: person.tz,
    tz_offset: offsetSeconds(person.tz),
    profile: toProfile(person, mayReadEmail),
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_ultra_restricted: false,
    is_app_user: false,
    is_email_confirmed: !person.is_bot,
    updated: beginning,
    // Slack sends it only for people from outside, who have no restriction flags in turn.
    ...(is_stranger && { is_stranger }),
  };
}

/** A person's profile as `users.profile.get` gives it. */
export function toProfile(person: Person, mayReadEmail: boolean): Record<string, unknown> {
  const { email, ...profile } = person.profile;
  const [first_name = '', ...others] = profile.real_name.split(' ');
  return {
    title: '',
    ...profile,
    ...(email && mayReadEmail && { email }),
    first_name,
    last_name: others.join(' '),
    real_name_normalized: profile.real_name,
    display_name_normalized: profile.display_name,
    status_text: '',
    status_emoji: '',
    status_expiration: 0,
    team: person.team_id,
    ...(person.is_bot && { bot_id: botId(person) }),
  };
}

/** How far a time zone is from UTC now. */
function offsetSeconds(timeZone: string): number {
  const wall = new Date().toLocaleString('en-US', { timeZone });
  const utc = new Date().toLocaleString('en-US', { timeZone: 'UTC' });
  return Math.round((Date.parse(wall) - Date.parse(utc)) / 1000);
}
