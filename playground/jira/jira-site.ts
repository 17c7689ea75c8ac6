import type { Entity, FieldValue, JiraChangeItem, JiraData, JiraIssue } from './jira-data.ts';
import type { EntityKind, JiraField } from './jira-fields.ts';
import type { Permission } from './permissions.ts';
import { noSuchIssue } from './refusal.ts';

/** A Jira site at work: its data, who may what, and what its search index knows already. */
export interface JiraSite {
  data: JiraData;
  /** The site's clock, milliseconds since 1970. */
  now(): number;
  /** A number that no thing of the site has yet, as text. */
  newId(): string;
  deny(permission: Permission): void;
  may(permission: Permission): boolean;
  /** Throws a `Refusal` with 404. */
  issue(idOrKey: string): JiraIssue;
  findIssue(idOrKey: string): JiraIssue | undefined;
  field(id: string): JiraField | undefined;
  entity(kind: EntityKind, id: FieldValue | undefined): Entity | undefined;
  entities(kind: EntityKind): Entity[];
  /** Puts an issue into the site, not yet into the index. */
  add(issue: JiraIssue): void;
  /** Every change of an issue goes through here: it dates it and lets the index lag behind. */
  change(issue: JiraIssue, how: () => void): void;
  /** The issues as the search index knows them; those with these ids as they are. */
  indexed(reconcile?: string[]): JiraIssue[];
}

/** Opens a site on data that it will change. `indexLagMs`: so much later does a change show in a search. */
export function openSite(
  data: JiraData,
  { now, indexLagMs }: { now: () => number; indexLagMs: number },
): JiraSite {
  const byId = new Map(data.issues.map((issue) => [issue.id, issue]));
  const byKey = new Map<string, JiraIssue>();
  const fields = new Map(data.fields.map((field) => [field.id, field]));
  const denied = new Set<Permission>();
  /** What the index still believes; `undefined`: it has not heard of the issue. */
  const old = new Map<string, { until: number; issue: JiraIssue | undefined }>();
  let lastId = 90_000;

  const learnKeys = (issue: JiraIssue) => {
    for (const key of [issue.key, ...issue.oldKeys]) byKey.set(key, issue);
  };
  data.issues.forEach(learnKeys);

  function lag(id: string, before: JiraIssue | undefined): void {
    if (indexLagMs === 0) return;
    const believed = old.get(id);
    const known = believed && believed.until > now() ? believed.issue : before;
    old.set(id, { until: now() + indexLagMs, issue: known });
  }

  const findIssue = (idOrKey: string) => byKey.get(idOrKey.toUpperCase()) ?? byId.get(idOrKey);
  const entities = (kind: EntityKind): Entity[] => {
    if (kind === 'issues') return data.issues.map(({ id, key }) => ({ id, name: key }));
    if (kind === 'sprints') return data.sprints.map(({ id, name }) => ({ id: String(id), name }));
    return data[kind];
  };

  return {
    data,
    now,
    newId: () => String(++lastId),
    deny: (permission) => void denied.add(permission),
    may: (permission) => !denied.has(permission),
    findIssue,
    issue(idOrKey) {
      const issue = findIssue(idOrKey);
      if (!issue || denied.has('BROWSE_PROJECTS')) throw noSuchIssue();
      return issue;
    },
    field: (id) => fields.get(id),
    entities,
    entity(kind, id) {
      if (kind !== 'issues') return entities(kind).find((each) => each.id === id);
      const issue = byId.get(String(id));
      return issue && { id: issue.id, name: issue.key };
    },
    add(issue) {
      lag(issue.id, undefined);
      data.issues.push(issue);
      byId.set(issue.id, issue);
      learnKeys(issue);
    },
    change(issue, how) {
      lag(issue.id, structuredClone(issue));
      how();
      issue.values.updated = now();
    },
    indexed(reconcile = []) {
      if (denied.has('BROWSE_PROJECTS')) return [];
      return data.issues.flatMap((issue) => {
        const believed = old.get(issue.id);
        if (!believed || believed.until <= now() || reconcile.includes(issue.id)) return [issue];
        return believed.issue ? [believed.issue] : [];
      });
    },
  };
}

/** Writes what changed into an issue's history. Nothing changed, nothing written. */
export function recordChange(site: JiraSite, issue: JiraIssue, items: JiraChangeItem[]): void {
  if (items.length === 0) return;
  issue.changes.push({ id: site.newId(), authorId: site.data.meId, created: site.now(), items });
}
