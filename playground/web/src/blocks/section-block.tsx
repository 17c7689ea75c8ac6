import { useMemo } from 'react';
import type { AnyBlock } from '../../../slack/control-types.ts';
import { DisplayBlock } from './display-block.tsx';
import { Element, isInteractive } from './element.tsx';

/** Text, with a control beside it if the app put one there. */
export function SectionBlock({ block }: { block: AnyBlock }) {
  const { accessory } = block;
  const text = useMemo(() => {
    const { accessory, ...text } = block;
    return text;
  }, [block]);
  if (accessory === undefined || !isInteractive(accessory)) return <DisplayBlock block={block} />;
  return (
    <div className="section">
      <DisplayBlock block={text as AnyBlock} />
      <Element element={accessory} blockId={block.block_id} />
    </div>
  );
}
