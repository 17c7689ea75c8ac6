import { useMemo } from 'react';
import type { AnyBlock } from '../../../slack/control-types.ts';
import { BlockBoundary } from '../blocks/block-boundary.tsx';
import { DisplayBlock } from '../blocks/display-block.tsx';

/** A message's `text`, Slack's mrkdwn, for messages without blocks. */
export function MessageText({ text }: { text: string }) {
  const block = useMemo<AnyBlock>(
    () => ({ type: 'section', text: { type: 'mrkdwn', text } }),
    [text],
  );
  if (!text) return null;
  return (
    <div className="block block-text">
      <BlockBoundary block={block} words={text}>
        <DisplayBlock block={block} />
      </BlockBoundary>
    </div>
  );
}
