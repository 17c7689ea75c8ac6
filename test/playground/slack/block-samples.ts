import { checkBlocks } from '../../../playground/slack/blocks/blocks.ts';
import type { Limits } from '../../../playground/slack/control-types.ts';
import { Refusal } from '../../../playground/slack/refusal.ts';

/** Small valid parts of blocks, for tests to spoil. */
export const x = (length: number) => 'x'.repeat(length);
export const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
export const mrkdwn = (length = 3) => ({ type: 'mrkdwn', text: x(length) });
export const plain = (length = 3) => ({ type: 'plain_text', text: x(length) });
export const button = (more: object = {}) => ({ type: 'button', text: plain(), ...more });
export const option = (more: object = {}) => ({ text: plain(), value: 'v', ...more });
export const image = (more: object = {}) => ({
  type: 'image',
  image_url: 'https://example.test/a.png',
  alt_text: 'a',
  ...more,
});
export const rich = (...elements: unknown[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});
export const cell = (text = 'x') => ({ type: 'raw_text', text });
export const table = (rows: number, columns: number) => ({
  type: 'table',
  rows: times(rows, times(columns, cell())),
});
export const actions = (...elements: object[]) => ({ type: 'actions', elements });
export const input = (element: object) => ({ type: 'input', label: plain(), element });

export type Surface = 'message' | 'modal' | 'home';

/** `fine`, or Slack's word for what is wrong. */
export function outcome(
  blocks: unknown,
  surface: Surface = 'message',
  limits?: Pick<Limits, 'blocks' | 'sizes'>,
): string {
  try {
    checkBlocks(blocks, limits, surface);
    return 'fine';
  } catch (error) {
    return error instanceof Refusal ? error.error : String(error);
  }
}

/** What Slack says is wrong, with the places. */
export function faultsOf(blocks: unknown, surface: Surface = 'message'): string[] {
  try {
    checkBlocks(blocks, undefined, surface);
    return [];
  } catch (error) {
    return error instanceof Refusal ? (error.details.errors as string[]) : [String(error)];
  }
}
