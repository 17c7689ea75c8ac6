import type { ComponentType } from 'react';
import { ButtonElement } from './button-element.tsx';
import { ChoiceElement } from './choice-element.tsx';
import { DateElement } from './date-element.tsx';
import { FeedbackElement } from './feedback-element.tsx';
import { OverflowElement } from './overflow-element.tsx';
import { SelectElement } from './select-element.tsx';
import { stringField } from './text-object.ts';
import { UnknownNote } from './unknown-note.tsx';

type ElementComponent = ComponentType<{ element: unknown; blockId?: string }>;

const components = new Map<string, ElementComponent>([
  ['button', ButtonElement],
  ['workflow_button', ButtonElement],
  ['static_select', SelectElement],
  ['users_select', SelectElement],
  ['channels_select', SelectElement],
  ['conversations_select', SelectElement],
  ['overflow', OverflowElement],
  ['checkboxes', ChoiceElement],
  ['radio_buttons', ChoiceElement],
  ['datepicker', DateElement],
  ['timepicker', DateElement],
  ['feedback_buttons', FeedbackElement],
]);

/** Whether an element reacts, as opposed to an image, which only displays. */
export function isInteractive(element: unknown): boolean {
  return stringField(element, 'type') !== 'image';
}

/** Something in a block that a person can use. */
export function Element({ element, blockId }: { element: unknown; blockId?: string | undefined }) {
  const type = stringField(element, 'type') ?? 'nameless';
  const Component = components.get(type);
  if (!Component) return <UnknownNote what={`“${type}” element`} />;
  return <Component element={element} {...(blockId !== undefined && { blockId })} />;
}
