import { readPeriod } from '../period.ts';
import type { Asked } from './asked.ts';
import type { Phrase } from './phrase.ts';
import { type Said, toDays } from './say-list.ts';

/** Which issues somebody wants. `people` stand in the JQL as `{0}`, `{1}` until their accounts are known. */
export interface IssueWish {
  jql: string;
  /** The conditions in words, for the answer. */
  said: Said[];
  limit: number;
  people?: string[];
  /** The JQL is the person's own. */
  isVerbatim?: true;
}

export const issueNoun =
  /\b(issues?|tickets?|bugs?|stories|story|tasks?|incidents?|epics?|support requests?|requests)\b/i;

const types: Record<string, string> = {
  bug: 'Bug',
  story: 'Story',
  task: 'Task',
  incident: 'Incident',
  epic: 'Epic',
};

const quote = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;

interface Condition extends Said {
  jql: string;
}

/** A word for a state, and what it means to Jira, whatever a team calls its statuses. */
const states: readonly (readonly [RegExp, Condition])[] = [
  [
    /\b(?:un(?:resolved|finished)|open|not (?:done|closed|resolved)|still to do)\b/i,
    { jql: 'statusCategory != Done', before: 'open' },
  ],
  [/\b(?:closed|done|resolved|finished)\b/i, { jql: 'statusCategory = Done', before: 'done' }],
  [/\bin progress\b/i, { jql: 'status = "In Progress"', after: 'in progress' }],
  [/\bin review\b/i, { jql: 'status = "In Review"', after: 'in review' }],
  [/\bblocked\b/i, { jql: 'status = Blocked', before: 'blocked' }],
  [/\b(?:to do|not started)\b/i, { jql: 'statusCategory = "To Do"', after: 'to do' }],
  [
    /\bwaiting for customers?\b/i,
    { jql: 'status = "Waiting for customer"', after: 'waiting for a customer' },
  ],
  [
    /\bwaiting for support\b/i,
    { jql: 'status = "Waiting for support"', after: 'waiting for support' },
  ],
  [/\boverdue\b/i, { jql: 'due < now() AND statusCategory != Done', before: 'overdue' }],
  [
    /\bunassigned\b|\bassigned to (?:nobody|no one)\b/i,
    { jql: 'assignee is EMPTY', after: 'assigned to nobody' },
  ],
  [
    /\bmy\b|\b(?:assigned to|of) me\b/i,
    { jql: 'assignee = currentUser()', after: 'assigned to the account I sign in with' },
  ],
];

/** Takes what a question says about issues out of it; nothing where it is not about issues. */
export function takeWish(asked: Asked, phrase: Phrase): IssueWish | undefined {
  const [noun = ''] = phrase.take(issueNoun) ?? [];
  if (!noun) return undefined;
  const conditions: Condition[] = [];
  const people: string[] = [];
  const kind = types[noun.toLowerCase().replace(/ies$/, 'y').replace(/s$/, '')];
  if (kind) conditions.push({ jql: `type = ${kind}`, after: `of type ${kind}` });

  conditions.push(...takeMentions(phrase));
  const time = takeTime(asked, phrase);
  if (time) conditions.push(time);
  for (const [pattern, condition] of states) if (phrase.drop(pattern)) conditions.push(condition);
  const label = phrase.take(
    /\b(?:with (?:the )?labels?|labell?ed(?: as)?|tagged)\s+([\w-]+)/i,
  )?.[1];
  if (label) conditions.push({ jql: `labels = ${quote(label)}`, after: `with the label ${label}` });
  const priority = phrase.take(
    /\b(?:(?:with|of) )?(highest|high|medium|low|lowest|critical)[ -]priority\b|\bpriority (?:is )?(highest|high|medium|low|lowest)\b/i,
  );
  const level = (priority?.[1] ?? priority?.[2])?.toLowerCase().replace('critical', 'highest');
  if (level) conditions.push({ jql: `priority = ${level}`, after: `of ${level} priority` });
  const project =
    phrase.take(
      /\b(?:in|of|for|on|from)\s+(?:the\s+)?(?:project\s+)?([A-Z][A-Z0-9_]{1,9})\b(?!-\d)(?: project)?/,
    )?.[1] ??
    phrase
      .take(
        /\b(?:in|of|for)\s+(?:the\s+)?(?:project\s+([a-z]\w{1,20})|([a-z]\w{1,20})\s+project)\b/i,
      )
      ?.slice(1)
      .find(Boolean) ??
    phrase.take(/\b(?:in|on)\s+(?:the\s+)?([A-Z]\w{1,20})\b/)?.[1] ??
    phrase.take(/\b([A-Z][A-Z0-9_]{1,9})\b(?=\W*$)/)?.[1];
  const person = takePerson(phrase);
  const place = project ?? phrase.take(lastPlace)?.[1];
  if (place) conditions.push({ jql: `project = ${quote(place)}`, after: `in ${place}` });
  if (person) {
    conditions.push({
      jql: `${person.field} = {${people.length}}`,
      after: `${person.field === 'reporter' ? 'reported by' : 'assigned to'} ${person.name}`,
    });
    people.push(person.name);
  }
  const { order, limit } = takeOrder(phrase);
  // Jira refuses to search without a limit of any kind.
  if (conditions.length === 0)
    conditions.push({ jql: 'created >= -365d', after: 'of the last 365 days' });
  return {
    jql: [conditions.map(({ jql }) => jql).join(' AND '), order].join(' '),
    said: conditions,
    limit,
    ...(people.length > 0 && { people }),
  };
}

/** "In shop", "in the web shop", at the end: a project as people type it. */
const lastPlace =
  /\b(?:in|of|for|on)\s+(?:the\s+|our\s+)?(?!(?:the|our|my|it|this|that|them|there|total|all|general|detail|me|us|you)\b)([a-z]\w{1,20}(?: [a-z]\w{1,20})?)(?=\W*$)/i;

/** "That mention #4711 or anna@example.com": words, numbers of orders and addresses are looked up as phrases. */
function takeMentions(phrase: Phrase): Condition[] {
  const [, said = ''] =
    phrase.take(/\b(?:for|of|on)\s+(?:the\s+)?(?:orders?\s+)?(#\d{1,8})\b/i) ??
    phrase.take(
      /\b(?:that |which |who )?(?:mention(?:s|ing)?|nam(?:e|es|ing)|about|contain(?:s|ing)?|regarding|with the words?)\s+(?:the\s+|our\s+)?(?:orders?\s+|words?\s+|skus?\s+|customers?\s+)?([^|?!]{2,120}?)(?=\s+(?:in|of|from|since|that are|which are)\s+(?:[A-Z]{2,10}\b|last|this|\d)|[?!.]*\s*$|\s*\|)/i,
    ) ??
    [];
  const text = said.trim().replace(/[.,;:]+$/, '');
  return text
    ? [
        {
          jql: `text ~ ${quote(quote(text.replace(/["\\]/g, ' ')))}`,
          after: `mentioning “${text}”`,
        },
      ]
    : [];
}

function takeTime({ today }: Asked, phrase: Phrase): Condition | undefined {
  const period = readPeriod(phrase.rest.toLowerCase(), today);
  if (!period) return undefined;
  const escaped = period.label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  phrase.drop(new RegExp(`\\b${escaped}\\b`, 'i'));
  const verb = /\b(created|opened|reported|filed|updated|changed|resolved|closed|fixed|due)\b/i;
  const word = phrase.take(verb)?.[1]?.toLowerCase() ?? 'created';
  const field =
    {
      updated: 'updated',
      changed: 'updated',
      resolved: 'resolved',
      closed: 'resolved',
      fixed: 'resolved',
      due: 'due',
    }[word] ?? 'created';
  return {
    jql: `${field} >= "${period.from}" AND ${field} < "${period.to}"`,
    after: `${field} ${toDays(period)}`,
  };
}

const name = "(\\p{Lu}[\\p{L}'-]+(?:\\s+\\p{Lu}[\\p{L}'-]+){0,2}|[\\w.+-]+@[\\w.-]+\\w)";

function takePerson(phrase: Phrase): { field: 'assignee' | 'reporter'; name: string } | undefined {
  const reporter = phrase.take(
    new RegExp(`\\b(?:[Rr]eported|[Cc]reated|[Oo]pened) by\\s+${name}`, 'u'),
  )?.[1];
  if (reporter) return { field: 'reporter', name: reporter };
  const [, verb = '', plain] =
    phrase.take(/\b(assigned to|(?:reported|created|opened) by)\s+([a-z][a-z'-]+)\b(?![\w@.])/) ??
    [];
  if (plain) return { field: verb === 'assigned to' ? 'assignee' : 'reporter', name: plain };
  const own = phrase.take(
    new RegExp(
      `(?:\\b(?:[Aa]ssigned to|of|for|by|does|has|is)\\s+)?${name}(?:'s\\b)?(?:\\s+(?:working on|working))?`,
      'u',
    ),
  )?.[1];
  return own &&
    !/^(?:What|Which|Show|List|How|Who|Give|Find|Are|Is|All|The|My|Open|Any|And|Please|Latest|Get|Tell|Jira|Only|Search|Me)$/.test(
      own,
    )
    ? { field: 'assignee', name: own }
    : undefined;
}

function takeOrder(phrase: Phrase): { order: string; limit: number } {
  const count = phrase.take(
    /\b(?:the\s+)?(?:latest|newest|last|first|top|oldest|recent)?\s*\b(\d{1,3})\b/i,
  );
  const asked = count?.[1];
  const words =
    `${count?.[0] ?? ''} ${phrase.take(/\b(?:most recent|latest|newest|last|oldest|recent(?:ly)?)\b/i)?.[0] ?? ''}`.toLowerCase();
  const isUpdated = phrase.drop(/\b(?:updated|changed)\b/i);
  phrase.drop(/\bcreated\b/i);
  const field = isUpdated ? 'updated' : 'created';
  return {
    order: `ORDER BY ${field} ${/oldest|first/.test(words) ? 'ASC' : 'DESC'}`,
    limit: asked ? Math.max(1, Math.min(20, Number(asked))) : 20,
  };
}

const groups: Record<string, string> = {
  person: 'assignee',
  people: 'assignee',
  type: 'type',
  kind: 'type',
  label: 'labels',
  component: 'component',
};

/** "Per status", "by assignee". */
export function takeGroup(phrase: Phrase): string | undefined {
  const word = phrase
    .take(
      /\b(?:per|by|for each|for every|grouped by)\s+(status|assignee|person|people|priority|type|kind|project|label|component|reporter)s?\b/i,
    )?.[1]
    ?.toLowerCase();
  return word && (groups[word] ?? word);
}
