import type { ModalView } from '@slack/types';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { input, modal, openModal } from './open-modal.ts';
import { openStage, type Payload, type Stage } from './open-page.ts';
import { option, plain } from './post-blocks.ts';

let stage: Stage;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  page = await stage.open('#me=U0DANA&channel=C0DATA');
});
beforeEach(() => {
  stage.answer = () => undefined;
});
afterEach(async () => {
  await page.keyboard.press('Escape');
  expect(stage.troubles).toEqual([]);
});
afterAll(() => stage[Symbol.asyncDispose]());

const submitted = () => stage.received('view_submission').at(-1)?.view?.state.values;

it("shows the app's refusal under the input, keeps what was typed, and takes the next try", async () => {
  const dialog = await openModal(
    stage,
    page,
    modal('Name it', [input('name', 'Name', { type: 'plain_text_input' })]),
  );
  stage.answer = () => ({ response_action: 'errors', errors: { name: 'That name is taken.' } });
  await page.keyboard.type('Ada');
  await page.keyboard.press('Enter');
  await dialog.getByText('That name is taken.').waitFor();
  const field = dialog.getByLabel('Name', { exact: true });
  expect(await field.inputValue()).toBe('Ada');
  stage.answer = () => undefined;
  await field.press('End');
  await page.keyboard.type(' Quill');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  expect(submitted()).toMatchObject({ name: { value: { value: 'Ada Quill' } } });
});

it('says that the app had trouble, without losing what was typed', async () => {
  const dialog = await openModal(
    stage,
    page,
    modal('Trouble', [input('name', 'Name', { type: 'plain_text_input' })]),
  );
  stage.answer = () => ({ response_action: 'errors', errors: { nowhere: 'Lost' } });
  await page.keyboard.type('Ada');
  await page.keyboard.press('Enter');
  await dialog.getByText('We had some trouble connecting. Try again?').waitFor();
  expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe('Ada');
  expect(await dialog.getByRole('button', { name: 'Save' }).getAttribute('aria-busy')).toBe(
    'false',
  );
});

it('is submitted once, however often Enter is pressed', async () => {
  const dialog = await openModal(
    stage,
    page,
    modal('Once', [input('name', 'Name', { type: 'plain_text_input' })]),
  );
  const before = stage.received('view_submission').length;
  const taken = Promise.withResolvers<undefined>();
  stage.answer = () => taken.promise;
  await page.keyboard.type('Ada');
  for (let n = 0; n < 3; n++) await page.keyboard.press('Enter');
  await expect.poll(() => stage.received('view_submission').length).toBe(before + 1);
  expect(await dialog.getByRole('button', { name: 'Save' }).getAttribute('aria-busy')).toBe('true');
  taken.resolve(undefined);
  await dialog.waitFor({ state: 'detached' });
  expect(stage.received('view_submission')).toHaveLength(before + 1);
});

it('keeps what was typed when the app changes the view, where the ids stayed', async () => {
  const name = input('name', 'Name', { type: 'plain_text_input' });
  const dialog = await openModal(
    stage,
    page,
    modal('Changing', [
      name,
      {
        type: 'actions',
        block_id: 'more',
        elements: [{ type: 'button', action_id: 'more', text: plain('More') }],
      },
    ]),
  );
  await dialog.getByLabel('Name', { exact: true }).fill('Ada');
  stage.answer = ({ view }) =>
    stage.web.views
      .update({
        view_id: view?.id ?? '',
        view: modal('Changing', [
          input('other', 'Other', { type: 'plain_text_input', initial_value: 'Here before' }),
          { ...name, label: plain('Full name') },
        ]),
      })
      .then(() => undefined);
  await dialog.getByRole('button', { name: 'More' }).click();
  await dialog.getByLabel('Full name').waitFor();
  // What was typed so far went along with the click.
  const state = stage.received('block_actions').at(-1)?.view?.state.values;
  expect(state).toMatchObject({ name: { value: { value: 'Ada' } } });
  expect(await dialog.getByLabel('Full name').inputValue()).toBe('Ada');
  expect(await dialog.getByLabel('Other').inputValue()).toBe('Here before');
});

describe('a stack of three', () => {
  const next = {
    type: 'actions',
    block_id: 'next',
    elements: [{ type: 'button', action_id: 'next', text: plain('Next') }],
  };
  const below = input('name', 'Name', { type: 'plain_text_input' }, { optional: true });

  async function openStack(more: Partial<ModalView> = {}): Promise<Locator[]> {
    const first = await openModal(stage, page, modal('First', [below, next]));
    await first.getByRole('textbox').fill('Ada');
    const push =
      (title: string, more: Partial<ModalView> = {}) =>
      (body: Payload) =>
        body.type === 'block_actions'
          ? stage.web.views
              .push({ trigger_id: body.trigger_id ?? '', view: modal(title, [next], more) })
              .then(() => undefined)
          : undefined;
    stage.answer = push('Second');
    await first.getByRole('button', { name: 'Next' }).click();
    const second = page.getByRole('dialog', { name: 'Second' });
    await second.waitFor();
    stage.answer = push('Third', more);
    await second.getByRole('button', { name: 'Next' }).click();
    const third = page.getByRole('dialog', { name: 'Third' });
    await third.waitFor();
    return [first, second, third];
  }

  it('goes back one by one, to what was typed and to the button that led on', async () => {
    const [first, second, third] = await openStack();
    await third?.getByRole('button', { name: 'Never mind' }).click();
    await third?.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await second?.waitFor({ state: 'detached' });
    expect(await first?.getByRole('textbox').inputValue()).toBe('Ada');
    const button = first?.getByRole('button', { name: 'Next' });
    expect(await button?.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it.each([
    ['the cross closes all', 'Close', {}],
    ['clear_on_close closes all', 'Never mind', { clear_on_close: true }],
  ])('%s', async (_what, name, more) => {
    const [first, , third] = await openStack(more);
    await third?.getByRole('button', { name }).click();
    await first?.waitFor({ state: 'detached' });
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});

describe('a Home tab', () => {
  it('is drawn, acts, and changes in place', async () => {
    const { web, received } = stage;
    const home = await stage.open('#me=U0LUIS&channel=D0LUIS');
    const blocks = (text: string) => [
      { type: 'header' as const, text: plain(text) },
      {
        type: 'section' as const,
        block_id: 'source',
        text: plain('Default source'),
        accessory: {
          type: 'static_select' as const,
          action_id: 'pick',
          options: [option('MySQL'), option('Jira')],
        },
      },
    ];
    await web.views.publish({
      user_id: 'U0LUIS',
      view: { type: 'home', blocks: blocks('Hello Luis') },
    });
    await home.getByRole('tab', { name: 'Home' }).click();
    await home.getByText('Hello Luis').waitFor();
    await home.getByRole('combobox', { name: 'Choose an option' }).click();
    await home.keyboard.type('ji');
    await home.keyboard.press('Enter');
    await expect
      .poll(() => received('block_actions').at(-1)?.actions)
      .toMatchObject([{ action_id: 'pick', selected_option: { value: 'jira' } }]);
    await web.views.publish({
      user_id: 'U0LUIS',
      view: { type: 'home', blocks: blocks('Hello again') },
    });
    await home.getByText('Hello again').waitFor();
    expect(await home.getByRole('combobox', { name: 'Choose an option' }).inputValue()).toBe(
      'Jira',
    );
    await home.close();
  });
});
