/** What is known of the person who asks. Facts that could not be looked up are `unknown`, and that means no. */
export interface Person {
  id: string;
  /** Display name, as text of unknown origin. */
  name: string;
  /** IANA time zone, e.g. `Europe/Vienna`; `UTC` when unknown. */
  timeZone: string;
  standing: 'member' | 'guest' | 'external' | 'bot' | 'deactivated' | 'unknown';
}

/** What is known of those who will read the answer. */
export interface Audience {
  channel: string;
  kind: 'direct' | 'private' | 'public';
  /** Shared with another organisation (Slack Connect). */
  external: boolean;
}

/** Facts about people and places. The bot implements it with Slack; a test with an object. */
export interface Directory {
  /** @throws UpstreamError when the facts cannot be had. Answers are cached for 5 minutes. */
  person(id: string): Promise<Person>;
  audience(channel: string): Promise<Audience>;
}

/** What somebody is about to do. Without `tool`: ask a question at all. */
export interface Intent {
  subject: Person;
  audience: Audience;
  tool?: { source: string; name: string; readOnly: boolean };
  args?: Record<string, unknown>;
}

/** Either allowed, or the rule that refuses and the sentence that the person reads. */
export type Decision = { allow: true } | { allow: false; rule: string; message: string };

/**
 * Who may do what, decided in code and nowhere else. Deny by default.
 *
 * Without a policy file: full members, reads only.
 */
export function decide({ subject, audience, tool }: Intent): Decision {
  if (subject.standing !== 'member')
    return refuse(`standing:${subject.standing}`, refusals[subject.standing]);
  if (audience.external)
    return refuse(
      'audience:external',
      'I stay silent in channels shared with another organisation. Ask me in a direct message or in one of your own channels.',
    );
  if (tool && !tool.readOnly)
    return refuse('tool:write', `${tool.name} changes data, and changes are switched off.`);
  return { allow: true };
}

const refusals: Record<Exclude<Person['standing'], 'member'>, string> = {
  guest: 'Sorry, I only answer full members of this workspace. A member can ask for you.',
  external: 'Sorry, I only answer members of the organisation that runs me.',
  bot: 'Sorry, I do not answer other bots.',
  deactivated: 'Sorry, I only answer active members of this workspace.',
  unknown:
    'Sorry, I could not find out who you are, so I may not answer. Please try again in a minute.',
};

const refuse = (rule: string, message: string): Decision => ({ allow: false, rule, message });
