import { describe, expect, it } from 'vitest';
import { adfFault } from '../../../../playground/jira/adf/adf-fault.ts';
import type { AdfNode } from '../../../../playground/jira/adf/adf-node.ts';
import { adfText } from '../../../../playground/jira/adf/adf-text.ts';
import type { JiraIssue } from '../../../../playground/jira/jira-data.ts';
import { jiraData } from '../../../../playground/shop/jira/jira-data.ts';
import { jiraFieldIds } from '../../../../playground/shop/jira/jira-site.ts';
import { shopRecords } from '../../../../playground/shop/shop-records.ts';
import { shopStory } from '../../../../playground/shop/story.ts';

const today = new Date('2026-11-22T10:00:00Z');
const records = shopRecords({ today });
const story = shopStory(records, { today });
const data = jiraData(records, { today });
const end = Date.parse('2026-11-22T02:00:00Z');

const labelled = (label: string) =>
  data.issues.filter(({ values }) => Array.isArray(values.labels) && values.labels.includes(label));
const textOf = ({ values }: JiraIssue) =>
  `${values.summary}\n${adfText(values.description as AdfNode | null)}`;
const numbersIn = (text: string) => [...text.matchAll(/#(\d+)/g)].map(([, id]) => Number(id));
const ofProject = (key: string) => data.issues.filter((issue) => issue.key.startsWith(`${key}-`));

it('is the same on the same day, whatever the hour, and another on another day', () => {
  const evening = new Date('2026-11-22T23:00:00Z');
  const tomorrow = new Date('2026-11-23T10:00:00Z');
  expect(jiraData(shopRecords({ today: evening }), { today: evening })).toEqual(data);
  expect(jiraData(shopRecords({ today: tomorrow }), { today: tomorrow })).not.toEqual(data);
});

it('has about 150 issues of half a year in three projects', () => {
  expect(data.issues.length).toBeGreaterThan(130);
  for (const key of ['SHOP', 'OPS', 'SUP']) expect(ofProject(key).length).toBeGreaterThan(25);
  expect(Math.min(...data.issues.map(({ values }) => Number(values.created)))).toBeLessThan(
    end - 150 * 86_400_000,
  );
});

it('gives every thing an id of its own', () => {
  const ids = data.issues.flatMap(({ id, comments, changes, attachments, worklogs }) =>
    [{ id }, ...comments, ...changes, ...attachments, ...worklogs].map((each) => each.id),
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(data.issues.map(({ key }) => key)).size).toBe(data.issues.length);
});

describe('every issue', () => {
  it('has happened, in order', () => {
    for (const { values, changes, comments } of data.issues) {
      const moments = changes.map(({ created }) => created);
      expect(moments).toEqual(moments.toSorted((a, b) => a - b));
      for (const at of [...moments, ...comments.map(({ created }) => created)]) {
        expect(at).toBeGreaterThanOrEqual(Number(values.created));
        expect(at).toBeLessThanOrEqual(Number(values.updated));
      }
      expect(Number(values.updated)).toBeLessThanOrEqual(end);
    }
  });

  it('is where its history leads', () => {
    for (const { values, changes } of data.issues) {
      const project = data.projects.find(({ id }) => id === values.project);
      const steps = changes.flatMap(({ items }) =>
        items.filter(({ fieldId }) => fieldId === 'status'),
      );
      let status: unknown = project?.statusIds[0];
      for (const { from, to } of steps) {
        expect(from).toBe(status);
        status = to;
      }
      expect(values.status).toBe(status);
      expect(project?.statusIds).toContain(status);
    }
  });

  it('names only what there is', () => {
    const all = new Set(
      [
        data.users,
        data.projects,
        data.issueTypes,
        data.priorities,
        data.resolutions,
        data.components,
        data.versions,
        data.options,
        data.issues,
        data.sprints,
      ]
        .flat()
        .map(({ id }) => String(id)),
    );
    for (const { values } of data.issues)
      for (const field of data.fields.filter(({ of }) => of && of !== 'statuses'))
        for (const id of [values[field.id] ?? []].flat()) expect(all).toContain(id);
  });

  it('is written in valid documents', () => {
    for (const { values, comments } of data.issues)
      for (const text of [values.description, ...comments.map(({ body }) => body)])
        expect(text && adfFault(text)).toBeFalsy();
  });
});

it('has people of whom one has left, and two of one name', () => {
  expect(data.users).toHaveLength(8);
  expect(data.users.filter(({ active }) => !active)).toHaveLength(1);
  const lastNames = data.users.map(({ name }) => name.split(' ').at(-1));
  expect(new Set(lastNames).size).toBe(7);
});

it('has a sprint going on, with work in it', () => {
  const [active, ...more] = data.sprints.filter(({ state }) => state === 'active');
  expect(more).toEqual([]);
  expect(active?.start).toBeLessThan(today.getTime());
  expect(active?.end).toBeGreaterThan(today.getTime());
  const inIt = data.issues.filter(({ values }) =>
    [values[jiraFieldIds.sprint] ?? []].flat().includes(String(active?.id)),
  );
  expect(inIt.length).toBeGreaterThan(5);
});

describe('the story', () => {
  it('names exactly the orders that could not be paid, in the incident and in the customers’ tickets', () => {
    const [incident, ...others] = data.issues.filter(({ values }) =>
      String(values.summary).startsWith('Payment provider Quillpay refuses cards'),
    );
    expect(others).toEqual([]);
    expect(incident?.values.summary).toContain(story.outageDay);
    const failed = story.failedPaymentOrders.toSorted();
    expect([...new Set(numbersIn(textOf(incident as JiraIssue)))].toSorted()).toEqual(failed);
    const tickets = labelled('quillpay').filter(({ key }) => key.startsWith('SUP-'));
    expect(tickets.map((ticket) => numbersIn(String(ticket.values.summary))[0]).toSorted()).toEqual(
      failed,
    );
    const caused = data.links.filter(({ from }) => from === incident?.id).map(({ to }) => to);
    expect(caused.toSorted()).toEqual(tickets.map(({ id }) => id).toSorted());
  });

  it('has a ticket for each product that runs low', () => {
    const skus = labelled('low-stock').flatMap(({ values }) => values[jiraFieldIds.affectedSkus]);
    expect(skus.toSorted()).toEqual(story.lowStockSkus.toSorted());
  });

  it('has a ticket for each late parcel', () => {
    const orders = labelled('late-shipment').map(({ values }) =>
      Number(String(values[jiraFieldIds.orderNumber]).slice(1)),
    );
    expect(orders.toSorted()).toEqual(story.lateShipmentOrders.toSorted());
  });

  it('knows what comes back most, and who buys most', () => {
    expect(labelled('quality').map(textOf).join()).toContain(story.returnedSku);
    expect(labelled('key-account').map(textOf).join()).toContain(story.bigCustomer);
  });
});

it('names orders by the customers who made them', () => {
  const named = data.issues.filter(({ values }) => values[jiraFieldIds.orderNumber]);
  expect(named.length).toBeGreaterThan(30);
  for (const { values } of named) {
    const id = Number(String(values[jiraFieldIds.orderNumber]).slice(1));
    const order = records.orders.find((each) => each.id === id);
    const customer = records.users.find((each) => each.id === order?.user_id);
    expect(values[jiraFieldIds.customerEmail]).toBe(customer?.email);
    expect(Number(values.created)).toBeGreaterThan(Date.parse(`${order?.created_at}Z`));
  }
});

it.each([
  ['no orders', { users: 10, orders: 0 }],
  ['few orders', { users: 5, orders: 12 }],
])('tells what it can of a shop with %s', (_name, size) => {
  const small = shopRecords({ today, ...size });
  expect(jiraData(small, { today }).issues.length).toBeGreaterThan(60);
});
