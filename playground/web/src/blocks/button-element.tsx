import { emojify } from 'node-emoji';
import { ControlNotes } from './control-notes.tsx';
import type { ElementProps } from './element.tsx';
import { safeUrl } from './safe-url.ts';
import { field, plainText, stringField } from './text-object.ts';
import { useControl } from './use-control.ts';

/** A button: asks first when the app wants that, tells the app, and opens its `url` if it has one. */
export function ButtonElement({ element, blockId }: ElementProps) {
  const url = safeUrl(stringField(element, 'url'));
  const control = useControl(element, blockId, () => {
    if (url) window.open(url, '_blank', 'noopener,noreferrer');
  });
  return (
    <>
      <button
        type="button"
        className={`block-button ${stringField(element, 'style') ?? ''}`}
        aria-label={stringField(element, 'accessibility_label')}
        aria-busy={control.busy}
        title={url}
        // Pressed again before the app took it, a button does nothing. Disabling it would take the focus away.
        onClick={() => control.busy || control.pick()}
      >
        {emojify(plainText(field(element, 'text')))}
      </button>
      <ControlNotes control={control} />
    </>
  );
}
