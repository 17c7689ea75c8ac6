import type { ModalView } from '@slack/types';
import type { Locator, Page } from 'playwright-core';
import type { Stage } from './open-page.ts';
import { plain } from './post-blocks.ts';

/** An input block. */
export const input = (block_id: string, label: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id,
  label: plain(label),
  element: { action_id: 'value', ...element },
  ...more,
});

/** A modal whose `callback_id` is its title. */
export const modal = (title: string, blocks: object[], more: Partial<ModalView> = {}) =>
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
export async function openModal(stage: Stage, page: Page, view: ModalView): Promise<Locator> {
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
