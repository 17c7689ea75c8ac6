import type { WebClient } from '@slack/web-api';
import type { Audience, Directory, Person } from '../agent/policy.ts';
import { UpstreamError } from '../errors.ts';
import { expiring } from './expiring.ts';

type SlackUser = NonNullable<Awaited<ReturnType<WebClient['users']['info']>>['user']>;
type SlackChannel = NonNullable<Awaited<ReturnType<WebClient['conversations']['info']>>['channel']>;

/** Facts are looked up again after 5 minutes: a guest who became a member waits no longer than that. */
const maxAgeMs = 5 * 60_000;

/** Facts about people and channels from Slack (`users.info`, `conversations.info`). Failures are not remembered. */
export function slackDirectory(slack: WebClient, teamId: string): Directory {
  return {
    person: expiring(maxAgeMs, async (user) => {
      try {
        const answer = await slack.users.info({ user });
        return toPerson(user, answer.user ?? {}, teamId);
      } catch (error) {
        if (isPlatformError(error, 'user_not_found')) return nobody(user);
        throw new UpstreamError('Slack', 'users.info failed', { cause: error });
      }
    }),
    audience: expiring(maxAgeMs, async (channel) => {
      try {
        const answer = await slack.conversations.info({ channel });
        return toAudience(channel, answer.channel ?? {});
      } catch (error) {
        throw new UpstreamError('Slack', 'conversations.info failed', { cause: error });
      }
    }),
  };
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

function toAudience(id: string, channel: SlackChannel): Audience {
  const kind = channel.is_im
    ? 'direct'
    : channel.is_private || channel.is_mpim
      ? 'private'
      : 'public';
  return {
    channel: id,
    kind,
    external: Boolean(channel.is_ext_shared || channel.is_pending_ext_shared),
  };
}

const isPlatformError = (error: unknown, code: string): boolean =>
  error instanceof Error &&
  'data' in error &&
  (error.data as { error?: string } | null)?.error === code;
