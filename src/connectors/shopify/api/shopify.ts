import { setTimeout as sleep } from 'node:timers/promises';
import { type AdminApiClient, createAdminApiClient } from '@shopify/admin-api-client';
import type { z } from 'zod';
import { readJson } from '../../api/read-json.ts';
import type { Api, ApiAnswer } from '../../api/request-api.ts';
import { type LongList, skimJson } from '../../api/skim-json.ts';
import type { ToolContext } from '../../connector.ts';
import { ToolError } from '../../tool-error.ts';
import type { ApiVersion } from '../schema/api-versions.ts';
import { type AccessToken, ClientCredentials, fixedToken } from './access-token.ts';
import { adminFetch, unwrap } from './admin-fetch.ts';
import { explainError, toGap } from './explain-errors.ts';
import { explainStatus } from './explain-status.ts';
import { type Cost, type GraphqlAnswer, graphqlAnswer } from './graphql-answer.ts';
import { refuseDroppedFilters } from './refuse-dropped-filters.ts';
import { allows, missingScope } from './scopes.ts';
import { throttleWait } from './throttle-wait.ts';

/** A shop, and who we are to it. */
export interface ShopAccount {
  /** `my-shop.myshopify.com`. */
  domain: string;
  version: ApiVersion;
  token: string | { clientId: string; clientSecret: string };
  /** Where requests go; the shop's own address unless told. */
  origin?: string | undefined;
}

/** Who waits for an answer. */
export interface Caller extends Pick<ToolContext, 'signal'> {
  progress?: ToolContext['progress'];
  /** Rather hears at once that Shopify can't be reached than has it tried again. */
  impatient?: boolean;
}

/** Variables of a query, by name. */
export type Variables = Record<string, unknown>;

/** What a query brought. */
export interface Reply<Data> {
  data: Data;
  /** What is missing in it, and why. */
  notes: string[];
  cost: Cost | undefined;
  /** Lists of the data that are too long to be there whole. */
  lists: LongList[];
}

/** Tries of a query that Shopify throttles. */
const throttleTries = 3;
/** Longest call with all its waits, in milliseconds. */
const totalMs = 45_000;
/** Longest answer, in bytes. */
const maxBytes = 64_000_000;
/** What is parsed of it, in bytes: what JSON becomes in memory has to fit beside that of other calls. */
const parsed = { list: 1_000_000, text: 8_000_000 };
/** How long scopes are remembered, in milliseconds. */
const scopesMs = 5 * 60_000;

/** A shop's Admin API: one request a call, with the token renewed and the throttle waited for. */
export class Shopify {
  readonly domain: string;
  readonly version: ApiVersion;
  readonly #token: AccessToken;
  readonly #api: Api;
  #clients: { token: string; patient: AdminApiClient; once: AdminApiClient } | undefined;
  #granted: { scopes: ReadonlySet<string>; until: number } | undefined;
  #servedVersion: string | undefined;

  constructor({ domain, version, token, origin = `https://${domain}` }: ShopAccount) {
    this.domain = domain;
    this.version = version;
    this.#api = { title: 'Shopify', origin, tryMs: 30_000, totalMs, maxBytes };
    this.#token =
      typeof token === 'string' ? fixedToken(token) : new ClientCredentials(this.#api, token);
  }

  /** The scopes of the token, when they were looked up lately: installing the app again changes them. */
  get granted(): ReadonlySet<string> | undefined {
    return this.#granted && Date.now() < this.#granted.until ? this.#granted.scopes : undefined;
  }

  /** Remembers the scopes of the token for a while. */
  learnScopes(scopes: readonly string[]) {
    this.#granted = { scopes: new Set(scopes), until: Date.now() + scopesMs };
  }

  /** The version that Shopify answered with; another than `version` when that one is no longer served. */
  get servedVersion(): string | undefined {
    return this.#servedVersion;
  }

  /**
   * Asks a query that this connector ships. What a scope hides below the first level is a note.
   *
   * @throws ToolError when the whole answer is missing, has a shape that its schema does not know, or a list past 1 MB
   */
  async ask<Schema extends z.ZodType>(
    query: string,
    variables: Variables,
    schema: Schema,
    caller: Caller,
  ): Promise<Reply<z.output<Schema>>> {
    const reply = await this.query(query, variables, caller);
    if (reply.lists.length > 0) throw tooLarge('a smaller limit');
    return { ...reply, data: toShape(schema, reply.data) };
  }

  /** Asks any query, and gives its data as they came. It must be one that only reads. */
  async query(query: string, variables: Variables, caller: Caller): Promise<Reply<unknown>> {
    const kind = caller.impatient ? 'once' : 'patient';
    const answer = await this.#send(kind, query, variables, caller);
    refuseDroppedFilters(answer.extensions?.search ?? []);
    return this.#toReply(answer);
  }

  /**
   * Sends a mutation. One that carries an idempotency key may be sent again when it was lost.
   *
   * @throws ToolError; it says when nobody knows whether the change was made
   */
  async change<Schema extends z.ZodType>(
    mutation: string,
    variables: Variables,
    schema: Schema,
    caller: Caller,
  ): Promise<Omit<Reply<z.output<Schema>>, 'lists'>> {
    const kind = mutation.includes('@idempotent(') ? 'patient' : 'once';
    try {
      const reply = this.#toReply(await this.#send(kind, mutation, variables, caller));
      return { ...reply, data: toShape(schema, reply.data) };
    } catch (error) {
      throw toUnknown(error);
    }
  }

  /** @throws ToolError `MISSING_PERMISSION` when it is known that the token lacks the scope. */
  require(what: string, ...scopes: string[]) {
    const { granted } = this;
    if (!granted || scopes.some((scope) => allows(granted, scope))) return;
    throw missingScope(what, scopes, granted);
  }

  /** @throws ToolError when nothing came but errors */
  #toReply({ data, errors = [], extensions, lists }: SkimmedAnswer): Reply<unknown> {
    const facts = { granted: this.granted, cost: extensions?.cost };
    const [first] = errors;
    if (first && isEmpty(data)) throw explainError(first, facts);
    const notes = [...new Set(errors.map((error) => toGap(error, facts)))].slice(0, 5);
    return { data, notes, cost: extensions?.cost, lists };
  }

  async #send(
    kind: ClientKind,
    document: string,
    variables: Variables,
    caller: Caller,
  ): Promise<SkimmedAnswer> {
    const deadline = Date.now() + totalMs;
    for (let round = 1; ; round += 1) {
      const answer = await this.#request(kind, document, variables, caller.signal);
      const isThrottled = answer.errors?.some((error) => codeOf(error) === 'THROTTLED');
      if (!isThrottled) return answer;
      const wait = throttleWait(answer.extensions?.cost);
      if (round > throttleTries || Date.now() + wait > deadline) return answer;
      caller.progress?.(`Waiting ${Math.ceil(wait / 1000)} s: Shopify limits queries`);
      await sleep(wait, undefined, { signal: caller.signal }).catch(() =>
        caller.signal.throwIfAborted(),
      );
    }
  }

  async #request(
    kind: ClientKind,
    document: string,
    variables: Variables,
    signal: AbortSignal,
    isSecondTry = false,
  ): Promise<SkimmedAnswer> {
    const token = await this.#token.get(signal);
    const client = this.#clientsFor(token)[kind];
    const headers = { 'Shopify-Search-Query-Debug': '1' };
    const answer = unwrap(await client.fetch(document, { variables, headers, signal }));
    if (answer.status === 401 && !isSecondTry && this.#token.renew(token))
      return this.#request(kind, document, variables, signal, true);
    this.#servedVersion = answer.headers.get('x-shopify-api-version') ?? undefined;
    if (answer.status !== 200) throw explainStatus(answer.status);
    return skim(answer);
  }

  /** A client of Shopify's keeps the token that it was made with, whatever a request says. */
  #clientsFor(token: string) {
    if (this.#clients?.token !== token) {
      const toClient = (repeatable: boolean) =>
        createAdminApiClient({
          storeDomain: this.domain,
          apiVersion: this.version,
          accessToken: token,
          userAgentPrefix: 'connectormcp',
          retries: 0,
          customFetchApi: adminFetch(this.#api, { repeatable }),
          logger: () => {}, // it would write to the console
        });
      this.#clients = { token, patient: toClient(true), once: toClient(false) };
    }
    return this.#clients;
  }
}

/** Whether a request that was lost is sent again. */
type ClientKind = 'patient' | 'once';

const codeOf = (error: NonNullable<GraphqlAnswer['errors']>[number]) =>
  'extensions' in error ? error.extensions?.code : undefined;

/** Nothing came but errors. */
const isEmpty = (data: unknown) =>
  typeof data !== 'object' || data === null || Object.values(data).every((value) => value === null);

interface SkimmedAnswer extends GraphqlAnswer {
  /** Of the data. */
  lists: LongList[];
}

function skim({ status, headers, body }: ApiAnswer): SkimmedAnswer {
  const skimmed = skimJson(body, parsed);
  if (!skimmed) throw tooLarge('fewer fields, or fewer lists in one query');
  const { text, lists } = skimmed;
  return {
    ...toShape(graphqlAnswer, readJson('Shopify', { status, headers, text })),
    lists: lists.flatMap((list) => {
      const [root, ...path] = list.path;
      return root === 'data' ? [{ ...list, path }] : [];
    }),
  };
}

const tooLarge = (wayOut: string) =>
  new ToolError('TOO_LARGE', 'Shopify answers with more than fits in memory', { try: wayOut });

/** @throws ToolError `UPSTREAM_ERROR` for an answer that is not what the schema of this version promises. */
export function toShape<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new ToolError('UPSTREAM_ERROR', 'Shopify answers in a form that is not known here', {
    try: 'the same with graphql_query; tell the operator that the connector may need an update',
    cause: result.error,
  });
}

/** What may have happened after a change was sent. */
const isLost = ({ code }: ToolError) =>
  code === 'UPSTREAM_ERROR' || code === 'TIMEOUT' || code === 'TOO_LARGE';

/** A change that was sent and not confirmed may have been made: saying "failed" would invite to repeat it. */
function toUnknown(error: unknown): unknown {
  if (!(error instanceof ToolError) || !isLost(error)) return error;
  return new ToolError(error.code, `${error.what}; whether the change was made is not known`, {
    try: 'looking at the record before the same is sent again',
    cause: error,
  });
}
