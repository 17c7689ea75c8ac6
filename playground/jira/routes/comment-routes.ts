import { adfFault } from '../adf/adf-fault.ts';
import type { AdfNode } from '../adf/adf-node.ts';
import { adfText } from '../adf/adf-text.ts';
import { toRecord } from '../edit-issue.ts';
import { maxText } from '../field-input.ts';
import type { JiraComment, JiraIssue } from '../jira-data.ts';
import type { JiraSite } from '../jira-site.ts';
import { requirePermission } from '../permissions.ts';
import { Refusal } from '../refusal.ts';
import { commentJson } from '../render/derived-json.ts';
import { Answer, type JiraCall, type Routes, toPage } from '../router.ts';

export const commentRoutes: Routes = {
  'GET /rest/api/3/issue/{issue}/comment': list,
  'POST /rest/api/3/issue/{issue}/comment': add,
  'GET /rest/api/3/issue/{issue}/comment/{id}': ({ site, params }) => {
    const issue = site.issue(params.issue ?? '');
    return commentJson(site, issue, find(issue, params.id));
  },
  'PUT /rest/api/3/issue/{issue}/comment/{id}': update,
};

const orders: Record<string, (a: JiraComment, b: JiraComment) => number> = {
  created: (a, b) => a.created - b.created,
  '+created': (a, b) => a.created - b.created,
  '-created': (a, b) => b.created - a.created,
};

function list({ site, params, query }: JiraCall) {
  const issue = site.issue(params.issue ?? '');
  const order = orders[query.get('orderBy') ?? 'created'];
  if (!order)
    throw new Refusal(
      400,
      `The orderBy value '${query.get('orderBy')}' is not supported. Use created, +created or -created.`,
    );
  const {
    values,
    isLast: _,
    ...page
  } = toPage({ query }, issue.comments.toSorted(order), { max: 5000 }, (comment) =>
    commentJson(site, issue, comment),
  );
  return { ...page, comments: values };
}

function find({ comments }: JiraIssue, id = ''): JiraComment {
  const comment = comments.find((each) => each.id === id);
  if (!comment) throw new Refusal(404, `Can not find a comment for the id: ${id}.`);
  return comment;
}

function add({ site, params, body }: JiraCall) {
  const issue = site.issue(params.issue ?? '');
  requirePermission(
    site,
    'ADD_COMMENTS',
    `You do not have the permission to comment on this issue.`,
  );
  const comment = readComment(site, body);
  site.change(issue, () => issue.comments.push(comment));
  return new Answer(201, commentJson(site, issue, comment));
}

function update({ site, params, body }: JiraCall) {
  const issue = site.issue(params.issue ?? '');
  const comment = find(issue, params.id);
  const needed = comment.authorId === site.data.meId ? 'EDIT_OWN_COMMENTS' : 'EDIT_ALL_COMMENTS';
  if (!site.may(needed))
    throw new Refusal(400, `You do not have permission to edit comment with id: ${comment.id}.`);
  const text = readBody(body.body);
  site.change(issue, () => {
    comment.body = text;
    comment.updated = site.now();
  });
  return commentJson(site, issue, comment);
}

/** A comment as a request gives it. Throws a `Refusal` for a text that is no document of Jira's format. */
export function readComment(
  site: JiraSite,
  { body, visibility }: Record<string, unknown>,
): JiraComment {
  const { type, value, identifier } = toRecord(visibility);
  const seenBy = value ?? identifier;
  if (visibility && (typeof seenBy !== 'string' || !['role', 'group'].includes(String(type))))
    throw new Refusal(400, [], {
      commentLevel: 'Visibility needs a type, role or group, and a value.',
    });
  return {
    id: site.newId(),
    authorId: site.data.meId,
    body: readBody(body),
    created: site.now(),
    updated: site.now(),
    ...(typeof seenBy === 'string' ? { visibility: { type: type as 'role', value: seenBy } } : {}),
  };
}

/** A document that is not empty. Throws a `Refusal`. */
export function readBody(body: unknown): AdfNode {
  if (typeof body !== 'object' || body === null)
    throw new Refusal(400, [], { comment: 'Comment body is not valid!' });
  if (adfFault(body)) throw new Refusal(400, 'INVALID_INPUT');
  const text = adfText(body as AdfNode);
  if (text.length > maxText) throw new Refusal(400, 'CONTENT_LIMIT_EXCEEDED');
  if (!(body as AdfNode).content?.length)
    throw new Refusal(400, [], { comment: 'Comment body can not be empty!' });
  return body as AdfNode;
}
