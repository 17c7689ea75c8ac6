import { z } from 'zod';
import { outsideText } from '../../../outside-text.ts';
import type { ApiAnswer } from '../../api/request-api.ts';
import { ToolError, type ToolErrorCode } from '../../tool-error.ts';

/** Jira's answer to a request that it did not do. Whoever knows more of the request says it better. */
export class JiraRefusal extends ToolError {
  override name = 'JiraRefusal';
  readonly status: number;
  /** In Jira's words, each on one line of at most 300 characters; five at most. */
  readonly messages: string[];
  /** What is wrong with a field, by its id. */
  readonly fields: Record<string, string>;

  constructor(answer: ApiAnswer) {
    const { messages, fields } = readWords(answer.text);
    const all = [...messages, ...Object.entries(fields).map(([id, text]) => `${id}: ${text}`)];
    const { code, what, wayOut } = toSentence(answer);
    super(code, what, { why: all.map(withoutStop).join('; ') || undefined, try: wayOut });
    this.status = answer.status;
    this.messages = messages;
    this.fields = fields;
  }
}

/** A sentence of Jira's inside one of ours. */
export const withoutStop = (text: string) => text.replace(/[.\s]+$/, '');

const words = z.object({
  errorMessages: z.array(z.string()).catch([]),
  errors: z.record(z.string(), z.string()).catch({}),
  /** How the gateway before Jira says it. */
  message: z.string().catch(''),
});

function readWords(text: string): { messages: string[]; fields: Record<string, string> } {
  const { errorMessages, errors, message } = parseWords(text);
  const messages = [...errorMessages, ...(message ? [message] : [])];
  const fields = Object.entries(errors).slice(0, 10);
  return {
    messages: messages.slice(0, 5).map((text) => outsideText(text, 300)),
    fields: Object.fromEntries(fields.map(([id, text]) => [id, outsideText(text, 300)])),
  };
}

function parseWords(text: string): z.output<typeof words> {
  try {
    return words.parse(JSON.parse(text));
  } catch {
    return { errorMessages: [], errors: {}, message: '' }; // a page of a proxy, or nothing
  }
}

interface Sentence {
  code: ToolErrorCode;
  what: string;
  wayOut: string;
}

const tellOperator = 'telling the person that the operator of this bot has to mend it';

function toSentence({ status, text, headers }: ApiAnswer): Sentence {
  if (status === 401 && /scope/i.test(text)) return sentences.scope;
  if (/AUTHENTICATED_FAILED|AUTHENTICATION_DENIED/.test(headers.get('x-seraph-loginreason') ?? ''))
    return sentences[401];
  return sentences[status as 400] ?? (status >= 500 ? failed(status) : refused(status));
}

const sentences = {
  400: {
    code: 'INVALID_ARGUMENT',
    what: 'Jira refuses this request',
    wayOut: 'the same with what it names put right',
  },
  401: {
    code: 'AUTH_FAILED',
    what: 'Jira does not accept the account: JIRA_API_TOKEN is wrong or expired, or not of JIRA_EMAIL',
    wayOut: tellOperator,
  },
  403: {
    code: 'MISSING_PERMISSION',
    what: 'the account of this bot may not do this in Jira',
    wayOut: 'telling the person which permission is missing',
  },
  404: {
    code: 'NOT_FOUND',
    what: 'this does not exist in Jira, or the account of this bot may not see it',
    wayOut: 'looking for it with search_issues, list_projects or list_boards',
  },
  409: {
    code: 'CONFLICT',
    what: 'somebody changes the same thing in Jira right now',
    wayOut: 'reading it again, and then the same once more',
  },
  413: {
    code: 'TOO_LARGE',
    what: 'this is larger than Jira takes',
    wayOut: 'a shorter text; comments and descriptions have at most 32,767 characters',
  },
  scope: {
    code: 'MISSING_PERMISSION',
    what: 'JIRA_API_TOKEN lacks the scope that this needs',
    wayOut: `${tellOperator} (read:jira-work and read:jira-user read, write:jira-work writes)`,
  },
} as const satisfies Record<string, Sentence>;

const failed = (status: number): Sentence => ({
  code: 'UPSTREAM_ERROR',
  what: `Jira failed (${status})`,
  wayOut: 'the same again in a moment; if it goes on, tell the person that Jira is not working',
});

const refused = (status: number): Sentence => ({
  code: 'UPSTREAM_ERROR',
  what: `Jira does not do this (${status})`,
  wayOut: tellOperator,
});
