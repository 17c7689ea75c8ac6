/** So many calls in so much time. */
export interface Rate {
  limit: number;
  windowMs: number;
  /** Each channel is counted by itself. */
  perChannel?: true;
  /** After `limit` calls at once, one more at a time: each call gives its share of the window back when that has passed. */
  leaky?: true;
}

const perMinute = (limit: number): Rate => ({ limit, windowMs: 60_000 });

/** Slack's tiers: calls a minute per method, app and workspace. Slack allows undisclosed bursts above; here there are none. */
const tiers = {
  1: [perMinute(1)],
  2: [perMinute(20)],
  3: [perMinute(50)],
  4: [perMinute(100)],
  /** "Special", without a figure: "hundreds of requests per minute", a guess. */
  special: [perMinute(300)],
} as const satisfies Record<string, readonly Rate[]>;

/** Methods that Slack's documentation gives a rule of their own. */
const own: Record<string, readonly Rate[]> = {
  // One a second and channel, with short bursts, and "several hundred" a minute in all: 5 and 300 are guesses.
  'chat.postMessage': [
    { limit: 5, windowMs: 5_000, perChannel: true, leaky: true },
    perMinute(300),
  ],
  'assistant.threads.setStatus': [perMinute(600)],
  // Tier 1, but ten connections may be open and each of them may have to come back: a guess.
  'apps.connections.open': [perMinute(20)],
};

const byTier: Record<keyof typeof tiers, string> = {
  1: 'apps.uninstall',
  2: `chat.startStream chat.stopStream
    conversations.archive conversations.close conversations.create conversations.list conversations.rename
    conversations.setPurpose conversations.setTopic conversations.unarchive
    reactions.list reactions.remove
    usergroups.create usergroups.disable usergroups.enable usergroups.list usergroups.update
    usergroups.users.list usergroups.users.update users.list`,
  3: `agents.sessions.rename agents.sessions.setStatus auth.revoke bots.info
    chat.delete chat.deleteScheduledMessage chat.meMessage chat.scheduleMessage chat.scheduledMessages.list
    chat.unfurl chat.update
    conversations.history conversations.info conversations.invite conversations.join conversations.kick
    conversations.leave conversations.mark conversations.open conversations.replies
    files.delete files.list files.sharedPublicURL reactions.add reactions.get
    team.info users.conversations users.getPresence users.lookupByEmail`,
  4: `assistant.threads.setSuggestedPrompts assistant.threads.setTitle
    chat.appendStream chat.postEphemeral conversations.members
    files.completeUploadExternal files.getUploadURLExternal files.info
    users.info users.profile.get views.open views.publish views.push views.update`,
  special: 'api.test auth.test blocks.validate chat.getPermalink',
};

const rates = new Map(
  Object.entries(byTier).flatMap(([tier, names]) =>
    names.split(/\s+/).map((name) => [name, tiers[tier as unknown as keyof typeof tiers]] as const),
  ),
);

/** The rates that Slack keeps for a method, all of them at once. Tier 3 where it has no figure that is known here. */
export const ratesOf = (method: string): readonly Rate[] =>
  (Object.hasOwn(own, method) ? own[method] : undefined) ?? rates.get(method) ?? tiers[3];
