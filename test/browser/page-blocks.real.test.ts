import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { State } from '../../playground/slack/control-types.ts';
import { openStage, type Stage } from './open-page.ts';
import { plain, post } from './post-blocks.ts';

const channel = 'C0DATA';
let stage: Stage;
let page: Page;

beforeAll(async () => {
  stage = await openStage({ limits: { rates: false, scopes: false } });
  page = await stage.open('#me=U0DANA&channel=C0DATA');
});
afterEach(() => expect(stage.troubles).toEqual([]));
afterAll(() => stage[Symbol.asyncDispose]());

const raw = (text: string) => ({ type: 'raw_text', text });
const richText = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});

describe('a table of data', () => {
  const totals = [30, 4, 200, 4, 15, 7, 90];
  const table = {
    type: 'data_table',
    caption: 'Customers by revenue',
    page_size: 3,
    rows: [
      [raw('Customer'), raw('Revenue')],
      ...totals.map((value, n) => [
        raw(`Customer ${n}`),
        { type: 'raw_number', value, text: `${value}.00` },
      ]),
    ],
  };
  const columnOf = (row: Locator) =>
    row.getByRole('row').locator('td:last-child').allTextContents();

  it('is shown a page at a time, with its numbers at the right', async () => {
    const row = await post(stage, page, table);
    await row.getByRole('table', { name: 'Customers by revenue' }).waitFor();
    expect(await columnOf(row)).toEqual(['30.00', '4.00', '200.00']);
    const align = (cell: Locator) =>
      cell.evaluate((element) => getComputedStyle(element).textAlign);
    expect(await align(row.getByRole('cell', { name: '30.00' }))).toBe('right');
    expect(await align(row.getByRole('cell', { name: 'Customer 0' }))).toBe('left');
    const next = row.getByRole('button', { name: 'Next page' });
    await next.click();
    await next.click();
    await row.getByText('7–7 of 7').waitFor();
    await next.press('Enter');
    expect(await columnOf(row)).toEqual(['90.00']);
    await row.getByRole('button', { name: 'Previous page' }).click();
    expect(await columnOf(row)).toEqual(['4.00', '15.00', '7.00']);
  });

  it('is sorted up, down, and as the app sent it, over all pages', async () => {
    const row = await post(stage, page, table);
    const header = row.getByRole('columnheader', { name: 'Revenue' });
    const sort = header.getByRole('button');
    await sort.click();
    expect(await columnOf(row)).toEqual(['4.00', '4.00', '7.00']);
    expect(await header.getAttribute('aria-sort')).toBe('ascending');
    await sort.click();
    expect(await columnOf(row)).toEqual(['200.00', '90.00', '30.00']);
    expect(await header.getAttribute('aria-sort')).toBe('descending');
    await sort.click();
    expect(await columnOf(row)).toEqual(['30.00', '4.00', '200.00']);
  });
});

describe('pictures and videos', () => {
  it('shows one that was uploaded, by id and by address', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const { files } = await stage.web.filesUploadV2({
      channel_id: channel,
      filename: 'dot.png',
      file: png,
    });
    const id = files[0]?.files?.[0]?.id ?? '';
    const { file } = await stage.web.files.info({ file: id });
    const row = await post(
      stage,
      page,
      { type: 'image', slack_file: { id }, alt_text: 'By id', title: plain('A dot') },
      { type: 'image', slack_file: { url: file?.url_private }, alt_text: 'By address' },
    );
    for (const name of ['By id', 'By address']) {
      const image = row.getByRole('img', { name });
      await expect
        .poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth))
        .toBe(1);
    }
  });

  it('makes links of those from elsewhere, wherever they stand, and loads nothing', async () => {
    const image = (alt_text: string) => ({
      type: 'image',
      image_url: `https://elsewhere.test/${alt_text}.png`,
      alt_text,
    });
    const row = await post(
      stage,
      page,
      image('block'),
      { type: 'section', text: plain('Words'), accessory: image('accessory') },
      { type: 'context', elements: [image('context'), plain('more words')] },
      {
        type: 'card',
        title: { type: 'mrkdwn', text: 'Card' },
        hero_image: image('hero'),
        icon: image('icon'),
      },
      {
        type: 'video',
        title: plain('A film'),
        alt_text: 'film',
        video_url: 'https://elsewhere.test/film',
        title_url: 'https://elsewhere.test/watch',
        thumbnail_url: 'https://elsewhere.test/film.png',
      },
    );
    for (const name of ['block', 'accessory', 'context', 'hero', 'icon', /A film/])
      expect(await row.getByRole('link', { name }).getAttribute('href')).toContain(
        'https://elsewhere.test/',
      );
    expect(await row.locator('img, video, iframe').count()).toBe(0);
  });
});

it('shows how far the steps of a plan are, with words for those who do not see colours', async () => {
  const task = (title: string, status: string, more: object = {}) => ({
    type: 'task_card',
    task_id: title,
    title,
    status,
    ...more,
  });
  const row = await post(stage, page, {
    type: 'plan',
    title: 'The plan',
    tasks: [
      task('Look', 'complete', {
        output: richText('7 rows'),
        sources: [{ type: 'url', url: 'https://example.com/', text: 'Source' }],
      }),
      task('Count', 'in_progress', { details: richText('Reading') }),
      task('Draw', 'error'),
      task('Send', 'pending'),
    ],
  });
  await row.getByText('7 rows').waitFor();
  const signs = await row.getByRole('img').evaluateAll((all) => all.map((one) => one.ariaLabel));
  expect(signs).toEqual(['Done', 'Under way', 'Failed', 'Not begun']);
  expect(await row.getByRole('link', { name: 'Source' }).getAttribute('rel')).toBe(
    'noreferrer noopener',
  );
});

it('folds a container that can be folded', async () => {
  const row = await post(stage, page, {
    type: 'container',
    title: plain('Details'),
    is_collapsible: true,
    default_collapsed: true,
    child_blocks: [{ type: 'section', text: plain('Inside') }],
  });
  expect(await row.getByText('Inside').isVisible()).toBe(false);
  await row.getByText('Details').click();
  await row.getByText('Inside').waitFor();
});

it('names people, channels and user groups in the words of the workspace', async () => {
  const made = await stage.web.usergroups.create({ name: 'Operations', handle: 'ops' });
  const text = `<@U0LUIS> <#C0GENERAL> <!subteam^${made.usergroup?.id}>`;
  const row = await post(
    stage,
    page,
    { type: 'section', text: { type: 'mrkdwn', text } },
    { type: 'markdown', text },
  );
  await expect
    .poll(() => row.locator('.mention').allTextContents())
    .toEqual(
      Array(2)
        .fill([expect.stringMatching(/^@Luis/), '#general', '@ops'])
        .flat(),
    );
});

describe('blocks that are broken', () => {
  const table = (rows: unknown) => ({ type: 'data_table', rows });
  const broken: [string, unknown][] = [
    ['nothing', null],
    ['a number', 7],
    ['a type that is none', { type: { toString: null } }],
    ['a type from the prototype', { type: 'constructor' }],
    ['an input without an element', { type: 'input', label: 7 }],
    ['an input of an unknown kind', { type: 'input', element: { type: 'hologram' } }],
    ['rows that are none', table('many')],
    ['cells that are none', table([[null, 7], 'x', [{ type: 'rich_text', elements: 5 }]])],
    ['a page of no rows', { ...table([[raw('a')], [raw('b')]]), page_size: -1 }],
    ['a chart without a chart', { type: 'data_visualization' }],
    ['a plan without tasks', { type: 'plan', tasks: 5 }],
    ['a card without anything', { type: 'card' }],
    ['a carousel of no cards', { type: 'carousel', elements: [null, 7] }],
    ['a container that is empty', { type: 'container', child_blocks: [null] }],
    [
      'options that are none',
      { type: 'actions', elements: [{ type: 'checkboxes', options: [null, 7] }] },
    ],
    [
      'a select in the wrong types',
      {
        type: 'actions',
        elements: [{ type: 'multi_static_select', option_groups: [7], initial_options: 'x' }],
      },
    ],
    [
      'a bad date',
      {
        type: 'actions',
        elements: [
          { type: 'datepicker', initial_date: 'soon' },
          { type: 'datetimepicker', initial_date_time: 1e99 },
        ],
      },
    ],
    ['quotes ten thousandfold', { type: 'markdown', text: '>'.repeat(12_000) }],
    ['lists ten thousandfold', { type: 'markdown', text: '1. '.repeat(4_000) }],
    ['quotes in mrkdwn', { type: 'section', text: { type: 'mrkdwn', text: '&gt;'.repeat(3_000) } }],
    ['a picture of no kind', { type: 'image', slack_file: 7, image_url: 'javascript:alert(1)' }],
  ];

  it('do not take away what stands around them', async () => {
    const window = await stage.open('#me=U0LUIS&channel=C0DATA');
    await window.route('**/control/state?user=U0LUIS', async (route) => {
      const state = (await (await route.fetch()).json()) as State;
      const [first] = state.messages[channel] ?? [];
      state.messages[channel] = broken.map(([what, block], n) => ({
        ...(first as NonNullable<typeof first>),
        ts: `17953900${String(n).padStart(2, '0')}.000100`,
        blocks: [block, { type: 'section', text: plain(`After ${what}.`) }] as NonNullable<
          typeof first
        >['blocks'] & {},
      }));
      await route.fulfill({ json: state });
    });
    await window.reload();
    for (const [what] of broken) await window.getByText(`After ${what}.`).waitFor();
    expect(await window.locator('a[href^="javascript"]').count()).toBe(0);
    await window.close();
  });
});
