import { useState } from 'react';
import { useInteraction } from './interaction.tsx';
import { Problem } from './problem.tsx';
import { field, plainText, stringField } from './text-object.ts';

/** Thumbs up, thumbs down. */
export function FeedbackElement({ element, blockId }: { element: unknown; blockId?: string }) {
  const { act, busy, problem } = useInteraction(element, blockId);
  const [given, setGiven] = useState<string>();
  return (
    <span className="feedback">
      {['positive_button', 'negative_button'].map((name) => {
        const button = field(element, name);
        const label = plainText(field(button, 'text'));
        return (
          <button
            key={name}
            type="button"
            className="block-button"
            aria-pressed={given === name}
            aria-label={stringField(button, 'accessibility_label') ?? label}
            disabled={busy}
            onClick={() => {
              setGiven(name);
              return act(stringField(button, 'value'));
            }}
          >
            {label}
          </button>
        );
      })}
      <Problem>{problem}</Problem>
    </span>
  );
}
