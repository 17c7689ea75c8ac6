import { createHmac } from 'node:crypto';
import { unixSeconds } from '../clock.ts';
import type { Delivery } from '../control-types.ts';
import type { Outcome, Retry, Transport } from './delivery.ts';

const MAX_REDIRECTS = 2;
/** A guess: the largest answer has a view in it, which may take 250 kB. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

export interface HttpDeliveryOptions {
  /** The app's address for everything, e.g. `http://127.0.0.1:3000/slack/events`. */
  url: string;
  signingSecret: string;
  /** Milliseconds. */
  ackTimeoutMs: () => number;
  /** Called when it went on- or offline. */
  onChange: () => void;
}

/** What an app answered to Slack's handshakes: whether the challenge came back, and whether `ssl_check` was taken. */
export interface Verification {
  challenge: boolean;
  ssl_check: boolean;
}

/** Signed HTTP requests to the app: events as JSON, commands and clicks as forms. */
export class HttpDelivery implements Transport {
  readonly late = 'http_timeout';
  readonly #options: HttpDeliveryOptions;
  readonly #closing = new AbortController();
  #online = true;

  constructor(options: HttpDeliveryOptions) {
    this.#options = options;
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

  /** What Slack sends when somebody enters the address, and now and then to an address of commands. */
  async verify(): Promise<Verification> {
    const challenge = crypto.randomUUID();
    const question = { type: 'url_verification', token: 'playground', challenge };
    const told = await this.#post('application/json', JSON.stringify(question), {});
    const checked = await this.#post(formType, 'ssl_check=1&token=playground', {});
    return {
      challenge: told.acked && (JSON.stringify(told.body)?.includes(challenge) ?? false),
      ssl_check: checked.acked,
    };
  }

  close(): void {
    this.#closing.abort();
  }

  async #post(
    contentType: string,
    body: string,
    headers: Record<string, string>,
  ): Promise<Outcome> {
    // Its own timer, which ends with the answer: `AbortSignal.timeout` would be kept for as long as the app might have taken.
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), this.#options.ackTimeoutMs());
    try {
      const response = await this.#fetch({
        method: 'POST',
        headers: { 'content-type': contentType, ...this.#signature(body), ...headers },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([timeout.signal, this.#closing.signal]),
      });
      this.#setOnline(true);
      if (!response) return { acked: false, reason: 'too_many_redirects' };
      const text = await readText(response);
      if (text === undefined) return { acked: false, reason: 'unknown_error' };
      if (response.ok) return { acked: true, body: parseAnswer(text) };
      const stop = response.headers.get('x-slack-no-retry') === '1';
      return { acked: false, reason: 'http_error', ...(stop && { stop }) };
    } catch {
      if (timeout.signal.aborted) return { acked: false, reason: this.late };
      this.#setOnline(false);
      return { acked: false, reason: 'connection_failed' };
    } finally {
      clearTimeout(timer);
    }
  }

  /** The answer after up to two redirects; nothing when there are more. */
  async #fetch(request: RequestInit): Promise<Response | undefined> {
    let { url } = this.#options;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const response = await fetch(url, request);
      const next = redirectOf(response, url);
      if (!next) return response;
      await response.body?.cancel();
      url = next;
    }
    return undefined;
  }

  #signature(body: string) {
    const timestamp = String(unixSeconds());
    const digest = createHmac('sha256', this.#options.signingSecret)
      .update(`v0:${timestamp}:${body}`)
      .digest('hex');
    return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
  }

  #setOnline(online: boolean): void {
    const changed = online !== this.#online;
    this.#online = online;
    if (changed) this.#options.onChange();
  }
}

const formType = 'application/x-www-form-urlencoded';

/** Where a redirect leads, on the same machine: signed payloads do not travel further than they were told to. */
function redirectOf(response: Response, from: string): string | undefined {
  if (response.status < 300 || response.status >= 400) return undefined;
  const target = URL.parse(response.headers.get('location') ?? '', from);
  return target?.hostname === new URL(from).hostname ? target.href : undefined;
}

/** Nothing when it is longer than any answer can be. */
async function readText(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function encode({ kind, body }: Delivery): { contentType: string; body: string } {
  if (kind === 'event') return { contentType: 'application/json', body: JSON.stringify(body) };
  const fields =
    kind === 'command'
      ? Object.entries(body).map(([name, value]) => [name, String(value ?? '')])
      : [['payload', JSON.stringify(body)]];
  return { contentType: formType, body: new URLSearchParams(fields).toString() };
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
