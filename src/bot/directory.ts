import type { WebClient } from '@slack/web-api';
import type { Audience, Directory, Person } from '../agent/policy.ts';
import { UpstreamError, UserError } from '../errors.ts';
import { expiring } from './expiring.ts';
import { slackErrorCode } from './slack-error-code.ts';

type SlackUser = NonNullable<Awaited<ReturnType<WebClient['users']['info']>>['user']>;
type SlackChannel = NonNullable<Awaited<ReturnType<WebClient['conversations']['info']>>['channel']>;

/** Facts are looked up again after 5 minutes: a guest who became a member waits no longer than that. */
const maxAgeMs = 5 * 60_000;

/** Facts about people and channels from Slack (`users.info`, `conversations.info`). Failures are not remembered. */
export function slackDirectory(slack: WebClient, teamId: string): Directory {
  const person = expiring(maxAgeMs, async (user) => {
    const { user: found } = await slack.users.info({ user });
    return toPerson(user, found ?? {}, teamId);
  });
  const audience = expiring(maxAgeMs, async (channel) => {
    const { channel: found } = await slack.conversations.info({ channel });
    return toAudience(channel, found ?? {});
  });
  return {
    person: (id) =>
      person(id).catch((error: unknown) => {
        if (slackErrorCode(error) === 'user_not_found') return nobody(id);
        throw toFailure(error, 'users:read');
      }),
    audience: (id) =>
      audience(id).catch((error: unknown) => {
        throw toFailure(error, 'channels:read, groups:read, im:read and mpim:read');
      }),
  };
}

/** What cannot be waited out is the operator's to mend. */
function toFailure(cause: unknown, scopes: string): Error {
  if (slackErrorCode(cause) === 'missing_scope')
    return new UserError(
      `I may not look up who asks and who reads along. The app needs the scopes ${scopes}: install it again from its manifest.`,
      { cause },
    );
  return new UpstreamError('Slack', 'a look-up failed', { cause });
}

/** A user object as facts. What Slack does not say counts against the person. */
export function toPerson(id: string, user: SlackUser, teamId: string): Person {
  return {
    id,
    name: user.profile?.display_name || user.real_name || user.name || id,
    timeZone: user.tz ?? 'UTC',
    standing: toStanding(user, teamId),
  };
}

function toStanding(user: SlackUser, teamId: string): Person['standing'] {
  if (!user.id) return 'unknown';
  if (user.is_bot || user.id === 'USLACKBOT') return 'bot';
  if (user.deleted) return 'deactivated';
  const atHome = user.team_id === teamId || user.enterprise_user?.teams?.includes(teamId);
  if (user.is_stranger || !atHome) return 'external';
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : 'member';
}

const nobody = (id: string): Person => ({ id, name: id, timeZone: 'UTC', standing: 'unknown' });

/** What Slack does not say counts as shared with others. */
function toAudience(id: string, channel: SlackChannel): Audience {
  const kind = channel.is_im
    ? 'direct'
    : channel.is_private || channel.is_mpim
      ? 'private'
      : 'public';
  const external = !channel.id || channel.is_ext_shared || channel.is_pending_ext_shared;
  return { channel: id, kind, external: Boolean(external) };
}
