import type { StandInRequest } from './start-stand-in.ts';

/** What goes wrong with a request. Without `status` and `body` the right answer comes, late or cut. */
export interface Fault {
  /** Which requests; all unless told. */
  when?: (request: StandInRequest) => boolean;
  /** How often, then all is well again; once unless told. */
  times?: number;
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Milliseconds before the answer begins. */
  delayMs?: number;
  /** The connection breaks past this many bytes of the body. */
  cutAfter?: number;
}

/** 429, to be tried again after this many seconds. */
export const rateLimited = (retryAfter: number): Fault => ({
  status: 429,
  headers: { 'retry-after': String(retryAfter), 'content-type': 'application/json' },
  body: '{}',
});

/** A server that fails: 500, 502, 503 or 504, as a proxy before it says so. */
export const failing = (status: number): Fault => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<html><body><h1>${status}</h1></body></html>`,
});

/** A web page where data belongs: a login page, a maintenance page. */
export const webPage: Fault = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>',
};

/** Half of some JSON, with a status that says all is well. */
export const halfJson: Fault = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"data": [{"id": "1", "na',
};

/** Nothing, with a status that says all is well. */
export const emptyBody: Fault = { status: 200, body: '' };

/** The right answer, this much later. */
export const slow = (delayMs: number): Fault => ({ delayMs });

/** The connection breaks before an answer. */
export const brokenConnection: Fault = { cutAfter: 0 };
