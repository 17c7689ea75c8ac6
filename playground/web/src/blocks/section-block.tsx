import type { AnyBlock } from '../../../slack/control-types.ts';
import { Element } from './element.tsx';
import { Picture } from './picture.tsx';
import { SlackText } from './slack-text.tsx';
import { listField, stringField } from './text-object.ts';
import { UnknownNote } from './unknown-note.tsx';

/** Text, or fields in two columns, with a control or picture beside it if the app put one there. */
export function SectionBlock({ block }: { block: AnyBlock }) {
  const { text, accessory } = block;
  const fields = listField(block, 'fields');
  if (typeof text !== 'object' && fields.length === 0)
    return <UnknownNote what="“section” block" />;
  return (
    <div className="section">
      <div className="section-text">
        {text !== undefined && <SlackText object={text} />}
        {fields.length > 0 && (
          <div className="fields">
            {fields.map((one, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a field has no identity but its place
              <div key={index}>
                <SlackText object={one} />
              </div>
            ))}
          </div>
        )}
      </div>
      {stringField(accessory, 'type') === 'image' ? (
        <Picture image={accessory} className="accessory-picture" />
      ) : (
        accessory !== undefined && <Element element={accessory} blockId={block.block_id} />
      )}
    </div>
  );
}
