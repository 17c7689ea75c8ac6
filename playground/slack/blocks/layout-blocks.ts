import {
  anything,
  blockId,
  type Check,
  type Faults,
  fault,
  flag,
  integer,
  list,
  oneOf,
  shape,
  string,
  typed,
} from './block-checks.ts';
import {
  accessory,
  actionElement,
  buttonElement,
  contextActionElement,
  inputElement,
} from './block-elements.ts';
import { anyText, image, imageBlock, plainText, webUrl } from './composition-objects.ts';
import { richText } from './rich-text.ts';
import { dataTable, dataVisualization, table } from './table-blocks.ts';

export type Surface = 'message' | 'modal' | 'home';

/** A block's fields; every block may have a `block_id`. */
const block: typeof shape = (required, optional, whole) =>
  shape(required, { block_id: blockId, ...optional }, whole);

const section = block(
  {},
  { text: anyText(3_000), fields: list(10, anyText(2_000)), accessory, expand: flag },
  ({ text, fields }, path) =>
    text === undefined && fields === undefined
      ? fault('must define either `fields` or `text`', path)
      : [],
);

const input = (surface: Surface) =>
  block(
    { label: plainText(2_000), element: inputElement(surface) },
    { hint: plainText(2_000), optional: flag, dispatch_action: flag },
  );

const task = block(
  { task_id: string(), title: string(256) },
  {
    details: richText,
    output: richText,
    sources: list(100, typed({ url: shape({ url: webUrl, text: string() }) }), 0),
    status: oneOf('pending', 'in_progress', 'complete', 'error'),
    // Slack takes these, and its documentation does not know them.
    icon: anything,
    hide_title: anything,
  },
);

const card = block(
  {},
  {
    hero_image: typed({ image }),
    icon: typed({ image }),
    // Slack takes it, and its documentation does not know it.
    slack_icon: anything,
    title: anyText(150),
    subtitle: anyText(150),
    body: anyText(200),
    actions: list(3, buttonElement),
  },
  (value, path) =>
    ['hero_image', 'title', 'actions', 'body'].some((name) => value[name] !== undefined)
      ? []
      : fault('must define one of `hero_image`, `title`, `actions`, `body`', path),
);

const video = block(
  { video_url: webUrl, thumbnail_url: webUrl, alt_text: string(), title: plainText(199) },
  {
    title_url: webUrl,
    author_name: string(49),
    provider_name: string(),
    provider_icon_url: webUrl,
    description: plainText(200),
  },
);

const header = block({ text: plainText(150) }, { level: integer(1, 4) });

const context = block({
  elements: list(10, typed({ image, plain_text: anyText(), mrkdwn: anyText() })),
});

/** Where each block may stand. For those without a word in Slack's documentation (card, carousel, charts): a guess. */
const surfaces: Record<string, Surface[]> = {
  alert: ['modal'],
  card: ['message'],
  carousel: ['message'],
  context_actions: ['message'],
  data_table: ['message', 'home'],
  data_visualization: ['message'],
  file: ['message'],
  markdown: ['message'],
  plan: ['message'],
  table: ['message', 'home'],
  task_card: ['message'],
};

function kindsOn(surface: Surface): Record<string, Check> {
  const simple: Record<string, Check> = {
    actions: block({ elements: list(25, actionElement) }),
    context,
    divider: block({}),
    file: block({ external_id: string(), source: oneOf('remote') }),
    header,
    image: imageBlock,
    input: input(surface),
    rich_text: richText,
    section,
    table,
    video,
  };
  return {
    ...simple,
    alert: block(
      { text: anyText() },
      { level: oneOf('default', 'info', 'warning', 'error', 'success') },
    ),
    card,
    carousel: block({ elements: list(10, typed({ card })) }),
    container: container(simple),
    context_actions: block({ elements: list(5, contextActionElement) }),
    data_table: dataTable,
    data_visualization: dataVisualization,
    // Slack ignores the id of a Markdown block.
    markdown: shape({ text: string() }, { block_id: anything }),
    plan: block({ title: string(256) }, { tasks: list(100, typed({ task_card: task }), 0) }),
    task_card: task,
  };
}

/** Groups blocks, but no containers, so there is no depth to bound. */
const container = (children: Record<string, Check>) =>
  block(
    { child_blocks: list(10, typed(children)) },
    {
      title: plainText(150),
      rich_text_title: richText,
      subtitle: anyText(150),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: typed({ image }),
      is_collapsible: flag,
      default_collapsed: flag,
      has_header_divider: flag,
    },
    ({ title, rich_text_title }, path) =>
      title === undefined && rich_text_title === undefined
        ? fault('must define either `title` or `rich_text_title`', path)
        : [],
  );

const allowedOn = (surface: Surface) =>
  typed(
    Object.fromEntries(
      Object.entries(kindsOn(surface)).filter(
        ([type]) => surfaces[type]?.includes(surface) ?? true,
      ),
    ),
  );

const checks: Record<Surface, Check> = {
  message: allowedOn('message'),
  modal: allowedOn('modal'),
  home: allowedOn('home'),
};

/** What is wrong with one block, by its kind, where it stands on `surface`. */
export const blockFaults = (value: unknown, path: string, surface: Surface): Faults =>
  checks[surface](value, path);
