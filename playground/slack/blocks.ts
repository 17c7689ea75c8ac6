import { isRecord } from './args.ts';
import {
  contextElementFaults,
  elementFaults,
  type Faults,
  imageFaults,
  listFaults,
  optionalString,
  stringFaults,
  textFaults,
} from './block-elements.ts';
import type { AnyBlock } from './control-types.ts';
import { Refusal } from './refusal.ts';

export type Surface = 'message' | 'modal' | 'home';

const MAX_BLOCKS = { message: 50, modal: 100, home: 100 } as const;
const MAX_MARKDOWN = 12_000;
const MAX_TABLE_CHARS = 10_000;
/** Slack's undocumented limit of a message's blocks as JSON. Tables have limits of their own and don't count. */
const MAX_PAYLOAD = 13_200;
const tables = ['table', 'data_table', 'data_visualization'];

type Rule = (block: Record<string, unknown>, path: string) => Faults;

const section: Rule = ({ text, fields, accessory }, path) => {
  if (text === undefined && fields === undefined)
    return [`must define either text or fields [json-pointer:${path}]`];
  return [
    ...(text === undefined ? [] : textFaults(text, 3000, `${path}/text`)),
    ...(fields === undefined
      ? []
      : listFaults(fields, 10, `${path}/fields`, (one, at) => textFaults(one, 2000, at))),
    ...(accessory === undefined ? [] : accessoryFaults(accessory, `${path}/accessory`)),
  ];
};

const accessoryFaults = (value: unknown, path: string) =>
  isRecord(value) && value.type === 'image' ? imageFaults(value, path) : elementFaults(value, path);

const input: Rule = ({ label, element, hint }, path) => [
  ...textFaults(label, 2000, `${path}/label`, true),
  ...(hint === undefined ? [] : textFaults(hint, 2000, `${path}/hint`, true)),
  ...elementFaults(element, `${path}/element`),
];

const table: Rule = ({ rows }, path) =>
  listFaults(rows, 100, `${path}/rows`, (row, rowPath) => listFaults(row, 20, rowPath, cell));

function cell(value: unknown, path: string): Faults {
  if (isRecord(value) && ['rich_text', 'raw_number'].includes(String(value.type))) return [];
  if (!isRecord(value) || value.type !== 'raw_text')
    return [`unsupported type [json-pointer:${path}/type]`];
  return stringFaults(value.text, MAX_TABLE_CHARS, `${path}/text`);
}

const dataTable: Rule = ({ caption, rows }, path) => [
  ...stringFaults(isRecord(caption) ? caption.text : caption, 2000, `${path}/caption`),
  ...listFaults(rows, 201, `${path}/rows`, (row, at) => listFaults(row, 20, at, () => [])),
];

const list =
  (name: string, max: number): Rule =>
  (block, path) =>
    listFaults(block[name], max, `${path}/${name}`, () => []);

const anything: Rule = () => [];

/** Every known block type, and what each must be. */
const rules: Record<string, Rule> = {
  section,
  input,
  table,
  data_table: dataTable,
  divider: anything,
  header: ({ text }, path) => textFaults(text, 150, `${path}/text`, true),
  context: ({ elements }, path) =>
    listFaults(elements, 10, `${path}/elements`, contextElementFaults),
  actions: ({ elements }, path) =>
    listFaults(elements, 25, `${path}/elements`, (one, at) => elementFaults(one, at)),
  context_actions: ({ elements }, path) =>
    listFaults(elements, 5, `${path}/elements`, (one, at) =>
      elementFaults(one, at, ['feedback_buttons', 'icon_button']),
    ),
  image: (block, path) => imageFaults(block, path),
  markdown: ({ text }, path) => stringFaults(text, Number.POSITIVE_INFINITY, `${path}/text`),
  rich_text: list('elements', 1000),
  video: anything,
  file: anything,
  data_visualization: anything,
  task_card: anything,
  plan: anything,
  card: anything,
  carousel: list('elements', 10),
  container: anything,
  alert: anything,
};

const messagesOnly = ['markdown', 'context_actions', 'task_card', 'plan', 'file', 'carousel'];

/**
 * Checks blocks as Slack does and gives ids to those without.
 *
 * @throws Refusal `invalid_blocks`, `msg_blocks_too_long`, `msg_too_long` (Markdown), `invalid_attachments` (two tables).
 */
export function checkBlocks(value: unknown, surface: Surface = 'message'): AnyBlock[] {
  if (!Array.isArray(value)) throw new Refusal('invalid_blocks', ['must be an array']);
  const max = MAX_BLOCKS[surface];
  const faults =
    value.length > max
      ? [`no more than ${max} items allowed [json-pointer:/blocks]`]
      : [
          ...value.flatMap((block, index) => blockFaults(block, `/blocks/${index}`, surface)),
          ...repeatedIds(value),
        ];
  if (faults.length > 0) throw new Refusal('invalid_blocks', faults, { errors: faults });
  const blocks = value as AnyBlock[];
  if (surface === 'message') checkSizes(blocks);
  return blocks.map(withIds);
}

function blockFaults(block: unknown, path: string, surface: Surface): Faults {
  if (!isRecord(block)) return [`must provide an object [json-pointer:${path}]`];
  const type = String(block.type);
  const rule = Object.hasOwn(rules, type) ? rules[type] : undefined;
  const misplaced = surface !== 'message' && messagesOnly.includes(type);
  if (!rule || misplaced) return [`unsupported type: ${type} [json-pointer:${path}/type]`];
  return [...optionalString(block.block_id, 255, `${path}/block_id`), ...rule(block, path)];
}

function repeatedIds(blocks: unknown[]): Faults {
  const ids = blocks.flatMap((block) =>
    isRecord(block) && block.block_id ? [block.block_id] : [],
  );
  return new Set(ids).size < ids.length ? ['block_id must be unique [json-pointer:/blocks]'] : [];
}

function checkSizes(blocks: AnyBlock[]): void {
  const found = blocks.filter((block) => block.type === 'table');
  if (found.length > 1) throw new Refusal('invalid_attachments', ['only_one_table_allowed']);
  const chars = found.flatMap(cellTexts).join('').length;
  if (chars > MAX_TABLE_CHARS)
    throw new Refusal('invalid_blocks', [`table must be less than ${MAX_TABLE_CHARS} characters`]);
  const markdown = blocks.filter((block) => block.type === 'markdown');
  if (markdown.reduce((sum, block) => sum + String(block.text).length, 0) > MAX_MARKDOWN)
    throw new Refusal('msg_too_long');
  const counted = blocks.filter((block) => !tables.includes(block.type));
  if (JSON.stringify(counted).length > MAX_PAYLOAD) throw new Refusal('msg_blocks_too_long');
}

const cellTexts = (block: AnyBlock) =>
  (block.rows as { text?: string }[][]).flat().map((one) => one.text ?? '');

/** Slack names what the app left unnamed. Stable by position, so that an edit keeps what did not move. */
function withIds(block: AnyBlock, index: number): AnyBlock {
  const named = { ...block, block_id: block.block_id ?? `block-${index}` };
  if (!Array.isArray(block.elements) || !['actions', 'context_actions'].includes(block.type))
    return named;
  const elements = (block.elements as Record<string, unknown>[]).map((element, position) => ({
    ...element,
    action_id: element.action_id ?? `action-${index}-${position}`,
  }));
  return { ...named, elements };
}
