import type { AnyBlock } from '../../../slack/control-types.ts';
import { Element } from './element.tsx';
import { listField, stringField } from './text-object.ts';

/** A row of buttons and menus. */
export function ActionsBlock({ block }: { block: AnyBlock }) {
  return (
    <div className="actions">
      {listField(block, 'elements').map((element, index) => (
        <Element
          // The same action is the same control, wherever an edit moves it.
          key={stringField(element, 'action_id') ?? index}
          element={element}
          blockId={block.block_id}
        />
      ))}
    </div>
  );
}
