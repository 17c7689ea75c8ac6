import type { ComponentType } from 'react';
import { ButtonElement } from './button-element.tsx';
import { ChoiceElement } from './choice-element.tsx';
import { DateElement } from './date-element.tsx';
import { FeedbackElement } from './feedback-element.tsx';
import { FileElement } from './file-element.tsx';
import { IconButtonElement } from './icon-button-element.tsx';
import { OverflowElement } from './overflow-element.tsx';
import { SelectElement } from './select-element.tsx';
import { TextElement } from './text-element.tsx';
import { stringField } from './text-object.ts';
import { UnknownNote } from './unknown-note.tsx';

/** An element as the app sent it, and the `block_id` of its block. */
export interface ElementProps {
  element: unknown;
  blockId?: string | undefined;
}

const components: Record<string, ComponentType<ElementProps>> = {
  button: ButtonElement,
  workflow_button: ButtonElement,
  icon_button: IconButtonElement,
  feedback_buttons: FeedbackElement,
  overflow: OverflowElement,
  static_select: SelectElement,
  multi_static_select: SelectElement,
  external_select: SelectElement,
  multi_external_select: SelectElement,
  users_select: SelectElement,
  multi_users_select: SelectElement,
  channels_select: SelectElement,
  multi_channels_select: SelectElement,
  conversations_select: SelectElement,
  multi_conversations_select: SelectElement,
  checkboxes: ChoiceElement,
  radio_buttons: ChoiceElement,
  datepicker: DateElement,
  timepicker: DateElement,
  datetimepicker: DateElement,
  plain_text_input: TextElement,
  rich_text_input: TextElement,
  email_text_input: TextElement,
  url_text_input: TextElement,
  number_input: TextElement,
  file_input: FileElement,
};

/** Something in a block that a person can use. */
export function Element({ element, blockId }: ElementProps) {
  const type = stringField(element, 'type') ?? 'nameless';
  const Component = Object.hasOwn(components, type) ? components[type] : undefined;
  if (!Component) return <UnknownNote what={`“${type}” element`} />;
  return <Component element={element} blockId={blockId} />;
}
