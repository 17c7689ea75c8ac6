import type { Asked } from './asked.ts';
import { changesOf, commentsOn, showIssue } from './jira-issue.ts';
import { countIssues, listIssues } from './jira-lists.ts';
import { listProjects, showSprint } from './jira-places.ts';
import { issueNoun, takeGroup, takeWish } from './jira-wish.ts';
import type { Phrase } from './phrase.ts';
import type { Plan } from './plan.ts';
import { takeNth } from './s3-places.ts';
import { type SourceQuestion, say } from './source-question.ts';

/** Kinds of question to Jira, those with the most telling words first. */
export const jiraQuestions: SourceQuestion[] = [
  { kind: 'JQL', read: readJql },
  { kind: 'projects', read: readProjects },
  {
    kind: 'changes of an issue',
    read: aboutIssue(
      /\bwhat(?:'s| has| was| is)? changed\b(?: on| in| about| at)?|\bwhat(?:'s| has| is)? happen(?:ed|ing)\b(?: on| to| with| in| at)?|\b(?:changes|history|changelog) (?:of|on|to|in|for)\b|\bwho changed\b|\b(?:its|the) (?:history|changes|changelog)\b/i,
      changesOf,
    ),
  },
  {
    kind: 'comments on an issue',
    read: aboutIssue(
      /\b(?:latest |last |newest |all )?comments?\b(?: on| of| in| to| for| about)?|\bwhat (?:did|do) (?:people|they) say(?: about| on)?\b/i,
      commentsOn,
    ),
  },
  { kind: 'sprint', read: readSprint },
  { kind: 'whose issues', read: readWhose },
  { kind: 'how many issues', read: readCount },
  { kind: 'issues', read: readList },
  {
    kind: 'an issue',
    read: aboutIssue(
      /^(?:.*\bwho(?:'s| is) (?:assigned to|working on|responsible for)\b)?/i,
      showIssue,
    ),
  },
];

const issueKey = /(?<![\w-])([A-Za-z][A-Za-z0-9_]{1,9}-\d{1,6})(?![\w-])/;
/** A SKU looks like a key with zeros in front. */
const isKey = (text: string) => !/-0/.test(text);

/** The issue that a question names or means by "it". */
function takeIssue({ focus }: Asked, phrase: Phrase): string | undefined {
  const named = issueKey.exec(phrase.rest)?.[1];
  if (named && isKey(named)) {
    phrase.take(issueKey);
    phrase.drop(/\b(?:the\s+)?(?:jira\s+)?(?:tickets?|issues?|bugs?|incidents?)\b/i);
    return named.toUpperCase();
  }
  const item = takeNth(focus.list, phrase, /issue|ticket|bug|incident/);
  if (item?.type === 'issue') return item.issue;
  const isMeant = phrase.drop(
    /\b(?:that|this|the same|the) (?:issue|ticket|bug|incident|one)\b|\b(?:it|its|that|this)\b|^\W*and\b/i,
  );
  return isMeant && focus.kind === 'jira' ? focus.issue : undefined;
}

function aboutIssue(verb: RegExp, answer: (jira: string, issue: string) => Plan) {
  return (asked: Asked, phrase: Phrase): Plan | undefined => {
    const { jira = '' } = asked.sources;
    const isIts = /\bits\b/i.test(phrase.rest);
    if (!phrase.drop(verb)) return undefined;
    const meant = takeIssue(asked, phrase) ?? (isIts ? asked.focus.issue : undefined);
    phrase.drop(/\b(?:status|summary|details?|who is|assigned to|assignee|about|on)\b(?: of)?/i);
    if (meant) return answer(jira, meant);
    return isIts && asked.focus.kind === 'jira' ? say('Which issue do you mean?') : undefined;
  };
}

function readJql({ sources: { jira = '' }, verbatim }: Asked, phrase: Phrase): Plan | undefined {
  const [, said] = /\bjql\b\s*:?\s*(.+)$/i.exec(verbatim) ?? [];
  const bare =
    /^\s*(?:project|assignee|status|issuetype|labels?|text|reporter|priority|sprint)\s*(?:!?=|!?~|\bin\b\s*\(|\bis\b)/i.test(
      verbatim,
    )
      ? verbatim
      : undefined;
  const jql = said ?? bare;
  if (!jql) return undefined;
  phrase.drop(/^.*$/s);
  return listIssues(jira, { jql: jql.trim(), said: [], limit: 20, isVerbatim: true });
}

function readProjects({ sources: { jira = '' } }: Asked, phrase: Phrase): Plan | undefined {
  if (!phrase.drop(/\bprojects\b/i)) return undefined;
  phrase.drop(/\bhow many\b/i);
  return phrase.unread().length === 0 ? listProjects(jira) : undefined;
}

function readSprint(asked: Asked, phrase: Phrase): Plan | undefined {
  const { jira = '' } = asked.sources;
  if (!phrase.drop(/\b(?:the |our )?(?:(?:active|current|running|this)\s+)?sprint\b/i))
    return undefined;
  phrase.drop(/\b(?:active|current|running|going|how far|how is|goal|content|contents|status)\b/i);
  phrase.drop(issueNoun);
  const [, project] = phrase.take(/\b(?:in|of|for)\s+(?:project\s+)?([A-Z][A-Z0-9_]{1,9})\b/) ?? [];
  return showSprint(jira, project);
}

/** "Their tickets" of nobody spoken of. All there are would be a wrong answer. */
function readWhose(_: Asked, phrase: Phrase): Plan | undefined {
  if (!phrase.drop(/\b(?:they|their|his|her|she|he)\b/i) || !phrase.drop(issueNoun))
    return undefined;
  phrase.drop(/\b(?:how many|open|latest|newest)\b/i);
  return say('Whose tickets do you mean? For example “open tickets of Priya Dubois”.');
}

function readCount(asked: Asked, phrase: Phrase): Plan | undefined {
  const { jira = '' } = asked.sources;
  const isCount = phrase.drop(/\bhow many\b|\bnumber of\b|\bcount(?: of)?\b/i);
  const group = takeGroup(phrase);
  if (!isCount && !group) return undefined;
  const wish = takeWish(asked, phrase);
  return wish && countIssues(jira, wish, group);
}

function readList(asked: Asked, phrase: Phrase): Plan | undefined {
  const { jira = '' } = asked.sources;
  const wish = takeWish(asked, phrase);
  return wish && listIssues(jira, wish);
}
