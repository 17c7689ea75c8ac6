import type { ServerResponse } from 'node:http';
import { loseReply, send, sendJson } from '../http.ts';
import type { Parts } from '../parts.ts';

/** Answers a request to an address that is no method (`upload`, `response`), unless a fault of that name hits it. */
export async function withFaults(
  { faults }: Parts,
  name: 'upload' | 'response',
  response: ServerResponse,
  answer: () => Promise<void>,
): Promise<void> {
  const fault = faults.hit(name);
  if (fault?.hang) return;
  if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs).unref());
  if (fault?.status) {
    const wait = fault.status === 429 && { 'retry-after': String(fault.retryAfter ?? 1) };
    send(response, fault.status, 'fault', 'text/plain; charset=utf-8', wait || {});
    return;
  }
  if (fault?.error) {
    sendJson(response, 400, { ok: false, error: fault.error });
    return;
  }
  if (fault?.lostReply) loseReply(response);
  await answer();
}
