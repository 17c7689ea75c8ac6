import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { input, modal, openModal } from './open-modal.ts';
import { openStage, type Stage } from './open-page.ts';
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
    const dialog = await openModal(stage, page, every);
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
    const dialog = await openModal(stage, page, every);
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

it('tells the app of a text by Enter or by character, as the app wants', async () => {
  const told = () => stage.received('block_actions').flatMap(({ actions }) => actions ?? []);
  const element = (trigger: string) => ({
    type: 'plain_text_input',
    dispatch_action_config: { trigger_actions_on: [trigger] },
  });
  const dialog = await openModal(
    stage,
    page,
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
