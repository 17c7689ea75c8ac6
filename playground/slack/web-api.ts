import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Args, readCall } from './args.ts';
import { authenticate, tokenOf } from './authenticate.ts';
import { now, pause } from './clock.ts';
import type { Fault, TrafficEntry } from './control-types.ts';
import { loseReply, readBody, sendJson } from './http.ts';
import { acceptedScopes, providedScopes, requireScopes } from './limits/scopes.ts';
import { agentMethods } from './methods/agents.ts';
import { appMethods } from './methods/apps.ts';
import { assistantMethods } from './methods/assistant.ts';
import { blockMethods } from './methods/blocks.ts';
import { channelMethods } from './methods/channels.ts';
import { chatMethods } from './methods/chat.ts';
import { conversationMethods } from './methods/conversations.ts';
import { fileMethods } from './methods/files.ts';
import { historyMethods } from './methods/history.ts';
import { identityMethods } from './methods/identity.ts';
import { messageEditMethods } from './methods/message-edits.ts';
import { reactionMethods } from './methods/reactions.ts';
import { scheduledMethods } from './methods/scheduled.ts';
import { streamingMethods } from './methods/streaming.ts';
import { usergroupMethods } from './methods/usergroups.ts';
import { userMethods } from './methods/users.ts';
import { viewMethods } from './methods/views.ts';
import type { Methods, Parts } from './parts.ts';
import { Refusal } from './refusal.ts';

/** Slack's own bound is not documented: a guess, far above what any method takes. */
const MAX_BODY = 4 * 1024 * 1024;

export interface WebApiOptions {
  /** Every call takes effect this long after it arrived, and is answered then. Milliseconds. */
  delayMs: number;
  /** Know only the classic methods, no streams, no `assistant.*` and `agents.*`. */
  classicOnly: boolean;
  closing: AbortSignal;
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** A call as it came in: its arguments, or why they could not be read. */
interface Call {
  entry: TrafficEntry;
  args: Args;
  broken?: Refusal;
  token: string | undefined;
  fault: Fault | undefined;
}

/** Slack's Web API: `POST /api/<method>` with a form or JSON. */
export function openWebApi(parts: Parts, options: WebApiOptions) {
  const { apps, faults, limits, rates, traffic } = parts;
  const methods: Methods = {
    ...identityMethods,
    ...userMethods,
    ...usergroupMethods,
    ...chatMethods,
    ...messageEditMethods,
    ...scheduledMethods,
    ...conversationMethods,
    ...channelMethods,
    ...historyMethods,
    ...fileMethods,
    ...viewMethods,
    ...reactionMethods,
    ...blockMethods,
    ...appMethods,
    ...(options.classicOnly ? {} : { ...assistantMethods, ...agentMethods, ...streamingMethods }),
  };
  let calls = 0;

  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const call = await read(request, url);
    const { entry, fault } = call;
    if (fault?.hang) return;
    const wait = entry.at + options.delayMs + (fault?.delayMs ?? 0) - now();
    if (wait > 0) await pause(wait, options.closing);
    const answer = fault?.status ? httpAnswer(fault.status, fault.retryAfter) : answerTo(call);
    entry.answeredAt = now();
    entry.status = answer.status;
    entry.answer = answer.body;
    traffic.update(entry, answer.body);
    if (fault?.lostReply) loseReply(response);
    sendJson(response, answer.status, answer.body, answer.headers);
  };

  async function read(request: IncomingMessage, url: URL): Promise<Call> {
    const at = now();
    const method = url.pathname.slice('/api/'.length);
    const body = await readBody(request, limits.sizes ? MAX_BODY : undefined);
    const { args, broken } = await readCall(url, request.headers['content-type'], body);
    const token = tokenOf(request, args);
    const app_id = token && apps.byToken(token)?.app.id;
    const { token: _, ...shown } = args.all;
    const entry = traffic.push({
      id: ++calls,
      ...(app_id && { app_id }),
      method,
      args: shown,
      headers: shortened(request.headers),
      at,
    });
    const fault = faults.hit(method, app_id);
    return { entry, args, token, fault, ...(broken && { broken }) };
  }

  function answerTo({ entry, args, broken, token, fault }: Call): Answer {
    const { method } = entry;
    const headers: Record<string, string> = {};
    try {
      if (fault?.error) throw new Refusal(fault.error);
      const run = Object.hasOwn(methods, method) ? methods[method] : undefined;
      if (!run) throw new Refusal('unknown_method', [], { req_method: method });
      if (broken) throw broken;
      const app = authenticate(parts, method, token, Object.hasOwn(appMethods, method));
      if (app.manifest.scopes) headers['x-oauth-scopes'] = providedScopes(app);
      headers['x-accepted-oauth-scopes'] = acceptedScopes(method);
      const seconds = limits.rates ? rates.take(app.id, method, channelOf(args), entry.at) : 0;
      if (seconds > 0) return httpAnswer(429, seconds);
      requireScopes(parts, method, args, app);
      const result = run(parts, args, app);
      entry.appliedAt = now();
      return { status: 200, body: { ok: true, ...result }, headers };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: 200, body: { ok: false, error: error.error, ...error.details }, headers };
    }
  }
}

const channelOf = (args: Args) => args.text('channel') ?? args.text('channel_id');

/** An answer that is no Slack answer: 429 with `Retry-After`, or 5xx. */
function httpAnswer(status: number, retryAfter = 1): Answer {
  if (status === 429)
    return {
      status,
      body: { ok: false, error: 'ratelimited' },
      headers: { 'retry-after': String(retryAfter) },
    };
  return { status, body: { ok: false, error: 'internal_error' } };
}

function shortened(headers: IncomingMessage['headers']): Record<string, string> {
  const shown = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  const all = Object.fromEntries(shown) as Record<string, string>;
  if (all.authorization) all.authorization = `${all.authorization.slice(0, 12)}…`;
  return all;
}
