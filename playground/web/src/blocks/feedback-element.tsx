import { emojify } from 'node-emoji';
import { useState } from 'react';
import { ControlNotes } from './control-notes.tsx';
import type { ElementProps } from './element.tsx';
import { field, plainText, stringField } from './text-object.ts';
import { useControl } from './use-control.ts';

/** Thumbs up, thumbs down; the one given last stays pressed. */
export function FeedbackElement({ element, blockId }: ElementProps) {
  const control = useControl(element, blockId);
  const [given, setGiven] = useState<string>();
  return (
    <span className="feedback">
      {['positive_button', 'negative_button'].map((name) => {
        const button = field(element, name);
        const label = emojify(plainText(field(button, 'text')));
        return (
          <button
            key={name}
            type="button"
            className="icon-button"
            aria-pressed={given === name}
            aria-label={stringField(button, 'accessibility_label') ?? label}
            aria-busy={control.busy}
            title={label}
            onClick={() => {
              if (control.busy) return;
              setGiven(name);
              return control.pick(stringField(button, 'value') ?? null);
            }}
          >
            <Thumb down={name === 'negative_button'} />
          </button>
        );
      })}
      <ControlNotes control={control} />
    </span>
  );
}

function Thumb({ down }: { down: boolean }) {
  return (
    <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
      <path
        transform={down ? 'rotate(180 10 10)' : undefined}
        d="M3 9h3v8H3zM6 9.5 9.5 3c1.5 0 2.2 1 1.9 2.4L10.800 8H15c1.3 0 2.2 1.2 1.8 2.4l-1.600 5.2c-.3.900-1 1.4-1.900 1.4H6"
      />
    </svg>
  );
}
