import type { KnownBlock } from '@slack/types';
import type { Locator, Page } from 'playwright-core';
import type { Stage } from './open-page.ts';

export const plain = (text: string) => ({ type: 'plain_text' as const, text });

/** An option of a menu; its value is its text in small letters. */
export const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });

/** Posts a message of these blocks in #data, and gives its row on the page. */
export async function post(stage: Stage, page: Page, ...blocks: object[]): Promise<Locator> {
  const { ts } = await stage.web.chat.postMessage({
    channel: 'C0DATA',
    text: 'Blocks',
    blocks: blocks as KnownBlock[],
  });
  const row = page.locator(`[data-ts="${ts}"]`);
  await row.waitFor();
  return row;
}
