import type { AnyBlock } from '../../../slack/control-types.ts';
import { Picture } from './picture.tsx';
import { SlackText } from './slack-text.tsx';
import { listField, stringField } from './text-object.ts';

/** Small grey words and pictures in a row. */
export function ContextBlock({ block }: { block: AnyBlock }) {
  return (
    <div className="context">
      {listField(block, 'elements').map((element, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an element has no identity but its place
        <div key={index}>
          {stringField(element, 'type') === 'image' ? (
            <Picture image={element} />
          ) : (
            <SlackText object={element} />
          )}
        </div>
      ))}
    </div>
  );
}
