import { emojify } from 'node-emoji';
import { useDirectory } from '../workspace/directory.tsx';
import { ControlNotes } from './control-notes.tsx';
import type { ElementProps } from './element.tsx';
import { field, listField, plainText, stringField } from './text-object.ts';
import { useControl } from './use-control.ts';

/** A small button with a picture; Slack has one so far, the bin. Shown only to those whom the app names, if it names any. */
export function IconButtonElement({ element, blockId }: ElementProps) {
  const control = useControl(element, blockId);
  const { me } = useDirectory();
  const viewers = listField(element, 'visible_to_user_ids');
  const label = emojify(plainText(field(element, 'text')));
  if (viewers.length > 0 && !viewers.includes(me?.id)) return null;
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={stringField(element, 'accessibility_label') ?? label}
        aria-busy={control.busy}
        title={label}
        onClick={() => control.busy || control.pick()}
      >
        {stringField(element, 'icon') === 'trash' ? <Bin /> : label}
      </button>
      <ControlNotes control={control} />
    </>
  );
}

function Bin() {
  return (
    <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
      <path d="M3.5 5.5h13M8 5.5v-2h4v2M5 5.5l.8 11h8.4l.8-11M8.5 9v4.5M11.5 9v4.5" />
    </svg>
  );
}
