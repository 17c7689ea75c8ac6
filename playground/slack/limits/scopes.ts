import type { Args } from '../args.ts';
import type { Channel } from '../control-types.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';
import { type ScopeRule, scopeRuleOf } from './method-scopes.ts';

/** Whether a token of the app has a scope. An app without a manifest has them all, and so has every app while that limit is off. */
export const hasScope = ({ limits }: Pick<Parts, 'limits'>, app: InstalledApp, scope: string) =>
  !limits.scopes || app.manifest.scopes === undefined || app.manifest.scopes.has(scope);

/** Checks that the app may call the method on what its arguments name. @throws Refusal `missing_scope`. */
export function requireScopes(parts: Parts, method: string, args: Args, app: InstalledApp): void {
  if (!parts.limits.scopes || !app.manifest.scopes) return;
  for (const needed of neededScopes(parts, method, args))
    if (!needed.some((scope) => hasScope(parts, app, scope)))
      throw new Refusal('missing_scope', [], {
        needed: needed.join(','),
        provided: providedScopes(app),
      });
}

/** What a token carries, as in Slack's header `x-oauth-scopes`. Empty for an app without a manifest. */
export const providedScopes = ({ manifest }: InstalledApp) => [...(manifest.scopes ?? [])].join();

/** Every scope with which the method can be called, as in Slack's header `x-accepted-oauth-scopes`. */
export const acceptedScopes = (method: string) => all(scopeRuleOf(method)).join();

/** What this call needs: of each list, one. */
function neededScopes(parts: Parts, method: string, args: Args): (readonly string[])[] {
  const rule = scopeRuleOf(method);
  if (!rule) return [];
  if (listing.has(method)) return listedKinds(args).map((kind) => [`${prefixes[kind]}:read`]);
  if (isList(rule)) return [rule];
  const kind = kindOf(parts, method, args);
  return [kind ? rule[kind] : all(rule)];
}

/** The kind of conversation that a call is about, as far as that can be told. */
function kindOf({ workspace }: Parts, method: string, args: Args): Channel['kind'] | undefined {
  if (method === 'conversations.create') return args.flag('is_private') ? 'private' : 'public';
  const users = method === 'conversations.open' && args.text('users');
  if (users) return users.includes(',') ? 'group' : 'direct';
  return workspace.channels.get(args.text('channel') ?? '')?.kind;
}

const isList = (rule: ScopeRule): rule is readonly string[] => Array.isArray(rule);
const all = (rule: ScopeRule = []) => (isList(rule) ? rule : Object.values(rule).flat());

const prefixes = { public: 'channels', private: 'groups', direct: 'im', group: 'mpim' } as const;

/** Methods that need the scope of every kind of conversation they are asked for. */
const listing = new Set(['conversations.list', 'users.conversations']);

const kinds: Record<string, Channel['kind']> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'direct',
  mpim: 'group',
};

function listedKinds(args: Args): Channel['kind'][] {
  const types = (args.text('types') || 'public_channel').split(',').map((type) => type.trim());
  return types.flatMap((type) => (Object.hasOwn(kinds, type) ? [kinds[type] ?? 'public'] : []));
}
