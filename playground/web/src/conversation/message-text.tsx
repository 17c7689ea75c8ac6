import { useMemo } from 'react';
import type { AnyBlock } from '../../../slack/control-types.ts';
import { BlockBoundary } from '../blocks/block-boundary.tsx';
import { DisplayBlock } from '../blocks/display-block.tsx';
import { unescaped } from './to-typed.ts';

/** A message's `text` for messages without blocks: Slack's mrkdwn, or as it is (`isPlain`). */
export function MessageText({ text, isPlain = false }: { text: string; isPlain?: boolean }) {
  const block = useMemo<AnyBlock>(
    () => ({ type: 'section', text: { type: 'mrkdwn', text } }),
    [text],
  );
  if (!text) return null;
  if (isPlain) return <p className="plain-text">{unescaped(text)}</p>;
  return (
    <div className="block block-text">
      <BlockBoundary block={block} words={text}>
        <DisplayBlock block={block} />
      </BlockBoundary>
    </div>
  );
}
