import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openStage, type Stage } from './open-page.ts';
import { option, plain, post } from './post-blocks.ts';

let stage: Stage;
let page: Page;

beforeAll(async () => {
  // An app that does not answer is late after a second, not after three.
  stage = await openStage({ ackTimeoutMs: 1_000, limits: { rates: false } });
  page = await stage.open('#me=U0DANA&channel=C0DATA');
});
beforeEach(() => {
  stage.answer = () => undefined;
});
afterEach(() => expect(stage.troubles).toEqual([]));
afterAll(() => stage[Symbol.asyncDispose]());

const acted = () => stage.received('block_actions').at(-1)?.actions?.[0];

const actions = (...elements: object[]) => ({ type: 'actions', block_id: 'act', elements });

it.each<[string, object, (row: Locator) => Promise<unknown>, object]>([
  [
    'several options, found by typing',
    {
      type: 'multi_static_select',
      options: [option('MySQL'), option('Jira')],
      initial_options: [option('MySQL')],
    },
    async (row) => {
      await row.getByRole('combobox').fill('ji');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
    },
    { selected_options: [{ value: 'mysql' }, { value: 'jira' }] },
  ],
  [
    'one of several options taken back',
    {
      type: 'multi_static_select',
      options: [option('MySQL'), option('Jira')],
      initial_options: [option('MySQL'), option('Jira')],
    },
    (row) => row.getByRole('button', { name: 'Remove MySQL' }).click(),
    { selected_options: [{ value: 'jira' }] },
  ],
  [
    'a checkbox',
    {
      type: 'checkboxes',
      options: [option('Mon'), option('Tue')],
      initial_options: [option('Mon')],
    },
    (row) => row.getByRole('checkbox', { name: 'Tue' }).check(),
    { selected_options: [{ value: 'mon' }, { value: 'tue' }] },
  ],
  [
    'a radio button',
    { type: 'radio_buttons', options: [option('Small'), option('Large')] },
    (row) => row.getByRole('radio', { name: 'Large' }).check(),
    { selected_option: { value: 'large' } },
  ],
  [
    'a date',
    { type: 'datepicker', initial_date: '2026-11-01' },
    (row) => row.getByLabel('Date').fill('2026-12-24'),
    { selected_date: '2026-12-24' },
  ],
  [
    'the menu of an overflow, by keyboard',
    { type: 'overflow', options: [option('Rename'), option('Archive')] },
    async (row) => {
      await row.getByRole('button', { name: 'More options' }).press('Enter');
      await row.locator('[role="menuitem"]:focus', { hasText: 'Rename' }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    },
    { selected_option: { value: 'archive' } },
  ],
])('%s', async (what, element, use, told) => {
  const row = await post(stage, page, actions({ action_id: what, ...element }));
  await use(row);
  await expect.poll(acted).toMatchObject({ action_id: what, ...told });
});

it('a control beside a text', async () => {
  const accessory = { type: 'users_select', action_id: 'owner', placeholder: plain('Owner') };
  const row = await post(stage, page, { type: 'section', text: plain('Who?'), accessory });
  await row.getByRole('combobox', { name: 'Owner' }).press('ArrowDown');
  await page.keyboard.type('luis');
  await page.keyboard.press('Enter');
  await expect.poll(acted).toMatchObject({ action_id: 'owner', selected_user: 'U0LUIS' });
  expect(await row.getByRole('combobox').inputValue()).toContain('Luis');
});

it('thumbs stay pressed, and the bin shows only to those whom the app names', async () => {
  const button = (text: string, value: string) => ({ text: plain(text), value });
  const bin = { type: 'icon_button', icon: 'trash', text: plain('Delete') };
  const row = await post(stage, page, {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'feedback',
        positive_button: button('Good', 'up'),
        negative_button: button('Bad', 'down'),
      },
      { ...bin, action_id: 'mine', visible_to_user_ids: ['U0DANA'] },
      { ...bin, action_id: 'theirs', visible_to_user_ids: ['U0LUIS'] },
    ],
  });
  const bad = row.getByRole('button', { name: 'Bad' });
  await bad.click();
  await expect.poll(acted).toMatchObject({ action_id: 'feedback', value: 'down' });
  expect(await bad.getAttribute('aria-pressed')).toBe('true');
  expect(await row.getByRole('button', { name: 'Delete' }).count()).toBe(1);
});

it('asks first where the app wants that, and "no" leaves all as it was', async () => {
  const confirm = {
    title: plain('Sure?'),
    text: { type: 'mrkdwn', text: 'It *ends*.' },
    confirm: plain('End it'),
    deny: plain('Stay'),
  };
  const row = await post(
    stage,
    page,
    actions({
      type: 'static_select',
      action_id: 'end',
      placeholder: plain('End'),
      options: [option('Now'), option('Later')],
      confirm,
    }),
  );
  const menu = row.getByRole('combobox', { name: 'End' });
  const dialog = page.getByRole('dialog', { name: 'Sure?' });
  const pickLater = async () => {
    await menu.click();
    await row.getByRole('option', { name: 'Later' }).click();
    await dialog.waitFor();
  };
  const before = stage.received('block_actions').length;
  await pickLater();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await menu.inputValue()).toBe('');
  expect(stage.received('block_actions')).toHaveLength(before);
  await pickLater();
  await dialog.getByRole('button', { name: 'End it' }).click();
  await expect.poll(acted).toMatchObject({ selected_option: { value: 'later' } });
  expect(await menu.inputValue()).toBe('Later');
});

it('an app that is late is said to be, beside the button', async () => {
  const late = Promise.withResolvers<undefined>();
  stage.answer = () => late.promise;
  const row = await post(
    stage,
    page,
    actions({ type: 'button', action_id: 'late', text: plain('Late') }),
  );
  const button = row.getByRole('button', { name: 'Late' });
  await button.click();
  expect(await button.getAttribute('aria-busy')).toBe('true');
  await row.getByRole('alert').waitFor();
  expect(await button.getAttribute('aria-busy')).toBe('false');
  late.resolve(undefined);
});

it('an input in a message tells what it holds with the next click', async () => {
  const row = await post(
    stage,
    page,
    {
      type: 'input',
      block_id: 'why',
      label: plain('Why?'),
      element: { type: 'plain_text_input', action_id: 'text' },
    },
    actions({ type: 'button', action_id: 'send', text: plain('Send') }),
  );
  await row.getByLabel('Why?').fill('Because');
  await row.getByRole('button', { name: 'Send' }).click();
  await expect.poll(acted).toMatchObject({ action_id: 'send' });
  const payload = stage.received('block_actions').at(-1) as { state?: unknown };
  expect(payload.state).toMatchObject({ values: { why: { text: { value: 'Because' } } } });
});

it('asks the app for suggestions only while somebody looks for them', async () => {
  const asked = () =>
    stage.received('block_suggestion').map((body) => (body as { value?: string }).value);
  stage.answer = ({ type }) =>
    type === 'block_suggestion' ? { options: [option('Quill'), option('Vale')] } : undefined;
  const row = await post(stage, page, {
    type: 'actions',
    block_id: 'act',
    elements: [{ type: 'external_select', action_id: 'find', min_query_length: 2 }],
  });
  const menu = row.getByRole('combobox');
  await menu.click();
  await row.getByText('Type at least 2 characters').waitFor();
  await page.keyboard.type('q');
  await page.keyboard.type('u');
  await row.getByRole('option', { name: 'Quill' }).click();
  await expect.poll(acted).toMatchObject({ selected_option: { value: 'quill' } });
  expect(await menu.inputValue()).toBe('Quill');
  expect(asked()).toEqual(['qu']);
});
