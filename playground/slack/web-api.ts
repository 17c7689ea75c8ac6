import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Args, readArgs } from './args.ts';
import { now, pause } from './clock.ts';
import type { TrafficEntry } from './control-types.ts';
import { readBody, sendJson } from './http.ts';
import { appMethods } from './methods/apps.ts';
import { assistantMethods } from './methods/assistant.ts';
import { chatMethods } from './methods/chat.ts';
import { conversationMethods } from './methods/conversations.ts';
import { fileMethods } from './methods/files.ts';
import { reactionMethods } from './methods/reactions.ts';
import { userMethods } from './methods/users.ts';
import { viewMethods } from './methods/views.ts';
import type { Method, Methods, Parts } from './parts.ts';
import { RateLimits } from './rate-limits.ts';
import { Refusal } from './refusal.ts';

export interface WebApiOptions {
  /** Every call takes effect this long after it arrived, and is answered then. Milliseconds. */
  delayMs: number;
  /** Keep Slack's documented rates. */
  rateLimits: boolean;
  /** Know only the classic methods, no `assistant.*` and `agents.*`. */
  classicOnly: boolean;
  /** Called when a call came in and when it was answered. */
  onProgress: () => void;
  closing: AbortSignal;
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** Slack's Web API: `POST /api/<method>` with a form or JSON. */
export function openWebApi(parts: Parts, options: WebApiOptions) {
  const limits = new RateLimits();
  const methods: Methods = {
    ...userMethods,
    ...chatMethods,
    ...conversationMethods,
    ...fileMethods,
    ...viewMethods,
    ...reactionMethods,
    ...appMethods,
    ...(options.classicOnly ? {} : assistantMethods),
  };
  const scopes = { 'x-oauth-scopes': parts.manifest.scopes.join(',') };

  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const method = url.pathname.slice('/api/'.length);
    const headers = shortened(request.headers);
    const entry = parts.traffic.push({ method, args: {}, headers, at: now() });
    options.onProgress();
    const fault = parts.faults.hit(method);
    const body = await readBody(request);
    if (fault?.hang) return;
    const answer =
      fault?.status === undefined
        ? await answerTo(entry, () => readArgs(url, request.headers['content-type'] ?? '', body))
        : faultAnswer(fault.status, fault.retryAfter);
    entry.answeredAt = now();
    entry.status = answer.status;
    entry.answer = answer.body;
    options.onProgress();
    if (fault?.lostReply) response.destroy();
    else sendJson(response, answer.status, answer.body, { ...scopes, ...answer.headers });

    async function answerTo(call: TrafficEntry, read: () => Args): Promise<Answer> {
      try {
        const args = read();
        const { token: _, ...shown } = args.all;
        call.args = shown;
        const seconds = options.rateLimits
          ? limits.take(call.method, args.text('channel'), call.at)
          : 0;
        if (seconds > 0) return faultAnswer(429, seconds);
        const wait = call.at + options.delayMs + (fault?.delayMs ?? 0) - now();
        if (wait > 0) await pause(wait, options.closing);
        if (fault?.error) throw new Refusal(fault.error);
        const run = Object.hasOwn(methods, call.method) ? methods[call.method] : undefined;
        if (!run) throw new Refusal('unknown_method', [], { req_method: call.method });
        authenticate(parts, call.method, tokenOf(request, args));
        return { status: 200, body: apply(call, run, args) };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { status: 200, body: { ok: false, error: error.error, ...error.details } };
      }
    }
  };

  function apply(call: TrafficEntry, run: Method, args: Args): Record<string, unknown> {
    const result = run(parts, args);
    call.appliedAt = now();
    return { ok: true, ...result };
  }
}

function faultAnswer(status: number, retryAfter = 1): Answer {
  if (status === 429)
    return {
      status,
      body: { ok: false, error: 'ratelimited' },
      headers: { 'retry-after': String(retryAfter) },
    };
  return { status, body: { ok: false, error: 'internal_error' } };
}

function tokenOf(request: IncomingMessage, args: Args): string | undefined {
  const header = request.headers.authorization;
  return header ? header.replace(/^Bearer\s+/i, '') : args.text('token');
}

/** @throws Refusal `not_authed`, `invalid_auth`, `not_allowed_token_type`. */
function authenticate({ tokens }: Parts, method: string, token: string | undefined): void {
  if (method === 'api.test') return;
  if (!token) throw new Refusal('not_authed');
  if (token !== tokens.bot && token !== tokens.app) throw new Refusal('invalid_auth');
  const needed = Object.hasOwn(appMethods, method) ? tokens.app : tokens.bot;
  if (token !== needed) throw new Refusal('not_allowed_token_type');
}

function shortened(headers: IncomingMessage['headers']): Record<string, string> {
  const shown = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  const all = Object.fromEntries(shown) as Record<string, string>;
  if (all.authorization) all.authorization = `${all.authorization.slice(0, 12)}…`;
  return all;
}
