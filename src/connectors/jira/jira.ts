import type { Client } from 'jira.js/core';
import { z } from 'zod';
import { cutText } from '../../outside-text.ts';
import { ToolError } from '../tool-error.ts';
import { type JiraAccess, type SendOptions, toClient } from './api/jira-client.ts';
import { jiraJs } from './api/jira-js.ts';
import type { jiraEnv } from './env.ts';
import { RecentIssues } from './issues/recent-issues.ts';
import { Cached } from './names/cached.ts';
import { FieldIndex, fieldList } from './names/field-index.ts';
import { type Project, readAllProjects } from './names/projects.ts';

/** What would be sent, for somebody to look at. */
export interface Preview {
  method: string;
  path: string;
  body?: unknown;
}

/** One Jira site, with what this process remembers of it. Nothing is asked before it is needed. */
export class Jira {
  /** Keys of the only projects to be seen; all when empty. */
  readonly allowedProjects: readonly string[];
  /** Writing tools that are switched on. */
  readonly writes: readonly string[];
  /** What this process has written: the search index learns of it later. */
  readonly recent = new RecentIssues();
  readonly #access: JiraAccess;
  readonly #site: string | undefined;
  readonly #fields = new Cached((signal) => this.#readFields(signal));
  readonly #projects = new Cached((signal) => readAllProjects(this, signal));
  readonly #home = new Cached((signal) => this.#readHome(signal));

  /** `totalMs` is the longest that a call may take with all its tries; 40 s unless told. */
  constructor(env: z.output<typeof jiraEnv>, totalMs?: number) {
    const { origin, pathname } = new URL(env.JIRA_URL);
    const isScoped = pathname.length > 1;
    const secret = Buffer.from(`${env.JIRA_EMAIL}:${env.JIRA_API_TOKEN}`).toString('base64');
    this.#access = {
      api: {
        title: 'Jira',
        origin: env.JIRA_API_URL ?? origin,
        ...(totalMs !== undefined && { totalMs }),
      },
      prefix: isScoped ? pathname : '',
      authorization: `Basic ${secret}`,
    };
    this.#site = isScoped ? undefined : origin;
    this.allowedProjects = env.JIRA_PROJECTS;
    this.writes = env.JIRA_ALLOW_WRITES;
  }

  /**
   * Sends a request by a function of jira.js and reads of the answer what the schema names.
   *
   * @throws JiraRefusal for what Jira does not do, ToolError for what goes wrong on the way.
   */
  async ask<Schema extends z.ZodType>(
    schema: Schema,
    signal: AbortSignal,
    send: (client: Client) => Promise<unknown>,
  ): Promise<z.output<Schema>> {
    const answer = await send(toClient(this.#access, signal));
    const result = schema.safeParse(answer);
    if (result.success) return result.data;
    const where = result.error.issues[0]?.path.join('.').slice(0, 80);
    throw new ToolError('UPSTREAM_ERROR', 'Jira answers with something else than was asked for', {
      why: where ? `${where} is not what it should be` : undefined,
      try: 'the same again in a moment; if it goes on, tell the person that the source is not working',
      cause: result.error,
    });
  }

  /** The request that such a function would send. Nothing is sent. */
  async preview(send: (client: Client) => Promise<unknown>): Promise<Preview> {
    let seen: SendOptions | undefined;
    const recorder: Client = {
      async sendRequest<Answer>(options: SendOptions): Promise<Answer> {
        seen = options;
        return {} as Answer;
      },
    };
    await send(recorder);
    const { method = 'GET', url = '', body } = seen ?? {};
    return { method, path: url, ...(body !== undefined && { body: toShown(body) }) };
  }

  /** All fields of the site, read again after ten minutes. */
  fields(signal: AbortSignal): Promise<FieldIndex> {
    return this.#fields.get(signal);
  }

  /** The projects that may be seen, 1,000 at most, read again after ten minutes. */
  projects(signal: AbortSignal): Promise<readonly Project[]> {
    return this.#projects.get(signal);
  }

  isAllowed(projectKey: string): boolean {
    return this.allowedProjects.length === 0 || this.allowedProjects.includes(projectKey);
  }

  /** Where people read an issue; nothing while a gateway for tokens with scopes does not tell its site. */
  async linkTo(issueKey: string, signal: AbortSignal): Promise<string | undefined> {
    const site = this.#site ?? (await this.#home.get(signal).catch(() => undefined));
    return site && `${site}/browse/${issueKey}`;
  }

  async #readFields(signal: AbortSignal): Promise<FieldIndex> {
    return new FieldIndex(await this.ask(fieldList, signal, (client) => jiraJs.getFields(client)));
  }

  async #readHome(signal: AbortSignal): Promise<string> {
    const home = z.object({ baseUrl: z.string() });
    return (await this.ask(home, signal, (client) => jiraJs.getServerInfo(client))).baseUrl;
  }
}

/** As it is sent; a long one as text, cut. */
function toShown(body: unknown): unknown {
  const json = JSON.stringify(body);
  return json.length > longestPreview ? cutText(json, longestPreview) : JSON.parse(json);
}

const longestPreview = 14_000;
