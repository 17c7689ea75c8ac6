import type { Channel } from '../control-types.ts';

/** What a method needs: one of these scopes. By kind of conversation where it has such a table. */
export type ScopeRule = readonly string[] | Record<Channel['kind'], readonly string[]>;

const byKind = (verb: string): ScopeRule => ({
  public: [`channels:${verb}`],
  private: [`groups:${verb}`],
  direct: [`im:${verb}`],
  group: [`mpim:${verb}`],
});

const history = byKind('history');
const read = byKind('read');
/** Changing a conversation. `alone`: a narrower scope that Slack has for just this. */
const write = (alone?: string): ScopeRule => ({
  public: ['channels:manage', ...(alone ? [`channels:write.${alone}`] : [])],
  private: ['groups:write', ...(alone ? [`groups:write.${alone}`] : [])],
  direct: ['im:write', ...(alone ? [`im:write.${alone}`] : [])],
  group: ['mpim:write', ...(alone ? [`mpim:write.${alone}`] : [])],
});

const rules: Record<string, ScopeRule> = {
  'agents.sessions.rename': ['chat:write'],
  'agents.sessions.setStatus': ['chat:write'],
  'assistant.threads.setStatus': ['chat:write', 'assistant:write'],
  'assistant.threads.setSuggestedPrompts': ['assistant:write'],
  'assistant.threads.setTitle': ['assistant:write'],
  'bots.info': ['users:read'],
  'chat.appendStream': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.deleteScheduledMessage': ['chat:write'],
  'chat.meMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.scheduleMessage': ['chat:write'],
  'chat.startStream': ['chat:write'],
  'chat.stopStream': ['chat:write'],
  'chat.unfurl': ['links:write'],
  'chat.update': ['chat:write'],
  'conversations.archive': write(),
  'conversations.close': write(),
  'conversations.create': write(),
  'conversations.history': history,
  'conversations.info': read,
  'conversations.invite': write('invites'),
  'conversations.join': ['channels:join'],
  'conversations.kick': write(),
  'conversations.leave': write(),
  'conversations.list': ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
  'conversations.mark': write(),
  'conversations.members': read,
  'conversations.open': write(),
  'conversations.rename': write(),
  'conversations.replies': history,
  'conversations.setPurpose': write('topic'),
  'conversations.setTopic': write('topic'),
  'conversations.unarchive': write(),
  'files.completeUploadExternal': ['files:write'],
  'files.delete': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'files.list': ['files:read'],
  'reactions.add': ['reactions:write'],
  'reactions.get': ['reactions:read'],
  'reactions.list': ['reactions:read'],
  'reactions.remove': ['reactions:write'],
  'team.info': ['team:read'],
  'usergroups.create': ['usergroups:write'],
  'usergroups.disable': ['usergroups:write'],
  'usergroups.enable': ['usergroups:write'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.update': ['usergroups:write'],
  'usergroups.users.list': ['usergroups:read'],
  'usergroups.users.update': ['usergroups:write'],
  'users.conversations': ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
  'users.getPresence': ['users:read'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'users.lookupByEmail': ['users:read.email'],
  'users.profile.get': ['users.profile:read'],
};

/** The rule of a method; nothing for one that every token may call. */
export const scopeRuleOf = (method: string): ScopeRule | undefined =>
  Object.hasOwn(rules, method) ? rules[method] : undefined;
