import type { Delivery, TrafficEntry } from '../../../slack/control-types.ts';
import { field, stringField } from '../blocks/text-object.ts';
import type { Entry } from './inspection-log.ts';

/** How it came out. `limited`: the app called too often. `retried`: taken, but not at the first attempt. */
export type Outcome = 'pending' | 'ok' | 'retried' | 'refused' | 'limited' | 'failed';

/** What a line of the traffic says. */
export interface EntryFacts {
  app_id: string | undefined;
  /** `chat.postMessage`, `app_mention`, `/datasource` */
  name: string;
  outcome: Outcome;
  /** `ok`, Slack's error name, `2 attempts`, … */
  result: string;
  /** Milliseconds from the request to the answer, or from the delivery to the ack. */
  took: number | undefined;
  channel: string | undefined;
  /** What was written, if anything was. */
  words: string | undefined;
}

/** A colour is not enough: each outcome has a sign of its own. */
export const signs: Record<Outcome, string> = {
  pending: '…',
  ok: '✓',
  retried: '↻',
  refused: '✕',
  limited: '⏳',
  failed: '⚠',
};

export function factsOf(entry: Entry): EntryFacts {
  return entry.type === 'call' ? ofCall(entry.call) : ofDelivery(entry.delivery);
}

function ofCall(call: TrafficEntry): EntryFacts {
  const { app_id, method, args, at, answeredAt } = call;
  return {
    app_id,
    name: method,
    ...callResult(call),
    took: answeredAt === undefined ? undefined : answeredAt - at,
    channel: stringField(args, 'channel') ?? stringField(args, 'channel_id'),
    words:
      stringField(args, 'text') ??
      stringField(args, 'markdown_text') ??
      stringField(args, 'status'),
  };
}

function callResult({ answeredAt, status, answer }: TrafficEntry): {
  outcome: Outcome;
  result: string;
} {
  if (answeredAt === undefined) return { outcome: 'pending', result: 'no answer yet' };
  if (status === 429) return { outcome: 'limited', result: '429' };
  if (status === undefined && answer === undefined)
    return { outcome: 'failed', result: 'answer lost' };
  if (status !== undefined && status >= 400) return { outcome: 'failed', result: String(status) };
  if (answer?.ok === false)
    return { outcome: 'refused', result: stringField(answer, 'error') ?? 'refused' };
  return { outcome: 'ok', result: 'ok' };
}

function ofDelivery(delivery: Delivery): EntryFacts {
  const { app_id, type, body, createdAt, deliveredAt, ackedAt } = delivery;
  const event = field(body, 'event');
  return {
    app_id,
    name: type,
    ...deliveryResult(delivery),
    took: ackedAt === undefined ? undefined : ackedAt - (deliveredAt ?? createdAt),
    channel:
      stringField(event, 'channel') ??
      stringField(body, 'channel_id') ??
      stringField(field(body, 'channel'), 'id'),
    words: stringField(event, 'text') ?? stringField(body, 'text'),
  };
}

function deliveryResult({ ackedAt, failed, attempts, retryReasons }: Delivery): {
  outcome: Outcome;
  result: string;
} {
  const tries = `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`;
  if (ackedAt !== undefined && retryReasons.length === 0) return { outcome: 'ok', result: 'acked' };
  if (ackedAt !== undefined) return { outcome: 'retried', result: `acked, ${tries}` };
  if (failed) return { outcome: 'failed', result: `not acked, ${tries}` };
  const reason = retryReasons.at(-1);
  if (reason) return { outcome: 'pending', result: `${tries}, ${reason}` };
  return { outcome: 'pending', result: attempts === 0 ? 'not delivered yet' : 'no ack yet' };
}
