import type { ModalView } from '@slack/types';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStage, type Payload, type Stage } from './open-page.ts';

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

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });
const input = (block_id: string, label: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id,
  label: plain(label),
  element: { action_id: 'value', ...element },
  ...more,
});
const modal = (title: string, blocks: object[], more: Partial<ModalView> = {}) =>
  ({
    type: 'modal',
    title: plain(title),
    submit: plain('Save'),
    close: plain('Never mind'),
    callback_id: title,
    blocks,
    ...more,
  }) as ModalView;

let opened = 0;

/** Somebody presses a button, and the app opens this modal. */
async function openModal(view: ModalView): Promise<Locator> {
  const label = `Open ${++opened}`;
  await stage.web.chat.postMessage({
    channel: 'C0DATA',
    text: label,
    blocks: [
      { type: 'actions', elements: [{ type: 'button', action_id: 'open', text: plain(label) }] },
    ],
  });
  const answer = stage.answer;
  stage.answer = async (body) => {
    if (body.type !== 'block_actions') return answer(body);
    await stage.web.views.open({ trigger_id: body.trigger_id ?? '', view });
  };
  await page.getByRole('button', { name: label, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: view.title.text });
  await dialog.waitFor();
  stage.answer = answer;
  return dialog;
}

const submitted = () => stage.received('view_submission').at(-1)?.view?.state.values;

describe('a modal with every input', () => {
  const options = [option('MySQL'), option('Jira'), option('Shopify')];
  const every = modal('Every input', [
    input('text', 'Name', { type: 'plain_text_input', placeholder: plain('Whose?') }),
    input('lines', 'Story', { type: 'plain_text_input', multiline: true }),
    input('email', 'Email', { type: 'email_text_input' }),
    input('url', 'Website', { type: 'url_text_input' }),
    input('number', 'Amount', { type: 'number_input', is_decimal_allowed: true }),
    input('rich', 'Note', { type: 'rich_text_input' }),
    input('one', 'Source', { type: 'static_select', options }),
    input('many', 'Sources', {
      type: 'multi_static_select',
      max_selected_items: 2,
      option_groups: [{ label: plain('Shops'), options }],
    }),
    input('person', 'Owner', { type: 'users_select' }),
    input('people', 'Readers', { type: 'multi_users_select' }),
    input('channel', 'Channel', { type: 'channels_select' }),
    input('place', 'Where', { type: 'conversations_select' }),
    input('found', 'Customer', { type: 'external_select', min_query_length: 2 }),
    input('boxes', 'Days', { type: 'checkboxes', options: [option('Mon'), option('Tue')] }),
    input('radio', 'Size', { type: 'radio_buttons', options: [option('Small'), option('Large')] }),
    input('date', 'Day', { type: 'datepicker' }),
    input('time', 'Hour', { type: 'timepicker' }),
    input('moment', 'Deadline', { type: 'datetimepicker' }),
    input('file', 'Sheet', { type: 'file_input', filetypes: ['csv'], max_files: 1 }),
    input('optional', 'Anything else', { type: 'plain_text_input' }, { optional: true }),
  ]);

  it('gives the app what was put in', async () => {
    stage.answer = ({ type }) =>
      type === 'block_suggestion' ? { options: [option('Quill'), option('Quince')] } : undefined;
    const dialog = await openModal(every);
    const field = (name: string) => dialog.getByLabel(name, { exact: true });
    const pick = async (name: string, ...labels: string[]) => {
      await field(name).click();
      for (const label of labels) await dialog.getByRole('option', { name: label }).click();
    };
    await field('Name').fill('Ada');
    await field('Story').fill('One\ntwo');
    await field('Email').fill('ada@example.com');
    await field('Website').fill('https://example.com/a');
    await field('Amount').fill('12.5');
    await field('Note').fill('Plain words');
    await pick('Source', 'Jira');
    await pick('Sources', 'MySQL', 'Shopify');
    await field('Sources').press('Escape');
    await pick('Owner', 'Luis');
    await pick('Readers', 'Mei', 'Dana');
    await field('Readers').press('Escape');
    await pick('Channel', '#general');
    await pick('Where', '#data');
    await field('Customer').fill('Qu');
    await dialog.getByRole('option', { name: 'Quince' }).click();
    await field('Tue').check();
    await field('Large').check();
    await field('Day').fill('2026-12-24');
    await field('Hour').fill('18:30');
    await field('Deadline').fill('2026-12-24T20:00');
    await field('Sheet').setInputFiles({
      name: 'sales.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('day,total\n'),
    });
    await dialog.getByText('sales.csv').waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });

    expect(submitted()).toMatchObject({
      text: { value: { value: 'Ada' } },
      lines: { value: { value: 'One\ntwo' } },
      email: { value: { value: 'ada@example.com' } },
      url: { value: { value: 'https://example.com/a' } },
      number: { value: { value: '12.5' } },
      rich: { value: { rich_text_value: { type: 'rich_text' } } },
      one: { value: { selected_option: { value: 'jira' } } },
      many: { value: { selected_options: [{ value: 'mysql' }, { value: 'shopify' }] } },
      person: { value: { selected_user: 'U0LUIS' } },
      people: { value: { selected_users: ['U0MEI', 'U0DANA'] } },
      channel: { value: { selected_channel: 'C0GENERAL' } },
      place: { value: { selected_conversation: 'C0DATA' } },
      found: { value: { selected_option: { value: 'quince', text: plain('Quince') } } },
      boxes: { value: { selected_options: [{ value: 'tue' }] } },
      radio: { value: { selected_option: { value: 'large' } } },
      date: { value: { selected_date: '2026-12-24' } },
      time: { value: { selected_time: '18:30' } },
      moment: { value: { selected_date_time: expect.any(Number) } },
      file: { value: { files: [{ name: 'sales.csv' }] } },
      optional: { value: { value: null } },
    });
  });

  it('says of each what Slack refuses, before the app hears of it', async () => {
    const before = stage.received('view_submission').length;
    const dialog = await openModal(every);
    await dialog.getByLabel('Email', { exact: true }).fill('nobody');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Please enter a valid email address.').waitFor();
    expect(await dialog.getByText('Please complete this required field.').count()).toBe(18);
    const name = dialog.getByLabel('Name', { exact: true });
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    expect(await name.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(stage.received('view_submission')).toHaveLength(before);
  });
});

it("shows the app's refusal under the input, keeps what was typed, and takes the next try", async () => {
  const dialog = await openModal(
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

it('keeps what was typed when the app changes the view, where the ids stayed', async () => {
  const name = input('name', 'Name', { type: 'plain_text_input' });
  const dialog = await openModal(
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
    const first = await openModal(modal('First', [below, next]));
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

it('tells the app of a text by Enter or by character, as the app wants', async () => {
  const told = () => stage.received('block_actions').flatMap(({ actions }) => actions ?? []);
  const element = (trigger: string) => ({
    type: 'plain_text_input',
    dispatch_action_config: { trigger_actions_on: [trigger] },
  });
  const dialog = await openModal(
    modal('Telling', [
      input('enter', 'On Enter', element('on_enter_pressed'), { dispatch_action: true }),
      input('character', 'On characters', element('on_character_entered'), {
        dispatch_action: true,
      }),
    ]),
  );
  await dialog.getByLabel('On Enter').fill('Ada');
  await dialog.getByText('Press Enter to send.').waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => told().at(-1)).toMatchObject({ block_id: 'enter', value: 'Ada' });
  await dialog.getByLabel('On characters').pressSequentially('Bo');
  await expect.poll(() => told().at(-1)).toMatchObject({ block_id: 'character', value: 'Bo' });
  await dialog.getByRole('button', { name: 'Never mind' }).click();
  await dialog.waitFor({ state: 'detached' });
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
