import { createHmac } from 'node:crypto';
import type { Delivery } from './control-types.ts';
import type { Outcome, Retry, Transport } from './delivery.ts';

export interface HttpDeliveryOptions {
  /** The app's address for everything, e.g. `http://127.0.0.1:3000/slack/events`. */
  url: string;
  signingSecret: string;
  ackTimeoutMs: number;
  onOnline: (online: boolean) => void;
}

/** Signed HTTP requests to the app: events as JSON, commands and clicks as forms. */
export class HttpDelivery implements Transport {
  readonly #options: HttpDeliveryOptions;
  readonly #closing = new AbortController();
  #online = true;

  constructor(options: HttpDeliveryOptions) {
    this.#options = options;
    options.onOnline(true);
  }

  online(): boolean {
    return this.#online;
  }

  async attempt(delivery: Delivery, left: () => void, retry?: Retry): Promise<Outcome> {
    const { contentType, body } = encode(delivery);
    left();
    return this.#post(contentType, body, {
      ...(retry && {
        'x-slack-retry-num': String(retry.num),
        'x-slack-retry-reason': retry.reason,
      }),
    });
  }

  /** The handshake that Slack makes when somebody enters the address: whether the challenge comes back. */
  async verifyUrl(): Promise<boolean> {
    const challenge = crypto.randomUUID();
    const body = JSON.stringify({ type: 'url_verification', token: 'playground', challenge });
    const outcome = await this.#post('application/json', body, {});
    return outcome.acked && JSON.stringify(outcome.body).includes(challenge);
  }

  close(): void {
    this.#closing.abort();
  }

  async #post(
    contentType: string,
    body: string,
    headers: Record<string, string>,
  ): Promise<Outcome> {
    const timeout = AbortSignal.timeout(this.#options.ackTimeoutMs);
    try {
      const response = await fetch(this.#options.url, {
        method: 'POST',
        headers: { 'content-type': contentType, ...this.#signature(body), ...headers },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([timeout, this.#closing.signal]),
      });
      const text = await response.text();
      this.#setOnline(true);
      if (response.ok) return { acked: true, body: parseAnswer(text) };
      const stop = response.headers.get('x-slack-no-retry') === '1';
      return { acked: false, reason: 'http_error', ...(stop && { stop }) };
    } catch {
      if (timeout.aborted) return { acked: false, reason: 'http_timeout' };
      this.#setOnline(false);
      return { acked: false, reason: 'connection_failed' };
    }
  }

  #signature(body: string) {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const digest = createHmac('sha256', this.#options.signingSecret)
      .update(`v0:${timestamp}:${body}`)
      .digest('hex');
    return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
  }

  #setOnline(online: boolean): void {
    if (online !== this.#online) this.#options.onOnline(online);
    this.#online = online;
  }
}

function encode({ kind, body }: Delivery): { contentType: string; body: string } {
  if (kind === 'event') return { contentType: 'application/json', body: JSON.stringify(body) };
  const fields =
    kind === 'command'
      ? Object.entries(body).map(([name, value]) => [name, String(value ?? '')])
      : [['payload', JSON.stringify(body)]];
  return {
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(fields).toString(),
  };
}

/** JSON where it is JSON, else the text itself, as Slack reads the answer to a command. */
function parseAnswer(text: string): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
