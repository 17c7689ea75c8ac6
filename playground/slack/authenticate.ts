import type { IncomingMessage } from 'node:http';
import type { Args } from './args.ts';
import type { Parts } from './parts.ts';
import { Refusal } from './refusal.ts';
import type { InstalledApp } from './workspace/installed-app.ts';

/** Methods that everybody may call, with a token or without. */
const open = ['api.test', 'blocks.validate'];

/** The token that a call came with: in its header, else among its arguments. */
export function tokenOf(request: IncomingMessage, args: Args): string | undefined {
  const header = request.headers.authorization;
  return header ? header.replace(/^Bearer\s+/i, '') : args.text('token');
}

/**
 * Whose token it is. `appLevel`: the method is one for the `xapp-` token instead of the bot's.
 *
 * @throws Refusal `not_authed`, `invalid_auth`, `account_inactive`, `not_allowed_token_type`.
 */
export function authenticate(
  { apps }: Parts,
  method: string,
  token: string | undefined,
  appLevel: boolean,
): InstalledApp {
  if (!token && open.includes(method)) return apps.first;
  if (!token) throw new Refusal('not_authed');
  const known = apps.byToken(token);
  if (!known)
    throw new Refusal('invalid_auth', [
      "no app here has this token; each app's tokens are printed when the playground starts",
    ]);
  if (!known.app.installed) throw new Refusal('account_inactive');
  if (known.kind !== (appLevel ? 'app' : 'bot') && !open.includes(method))
    throw new Refusal('not_allowed_token_type');
  return known.app;
}
