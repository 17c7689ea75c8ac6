import { emojify } from 'node-emoji';
import { useMemo } from 'react';
import { DisplayBlock } from './display-block.tsx';
import { plainText, stringField } from './text-object.ts';

/** A text object: mrkdwn with its formatting, plain text as it stands. */
export function SlackText({ object }: { object: unknown }) {
  const isPlain = stringField(object, 'type') !== 'mrkdwn';
  const block = useMemo(() => ({ type: 'section', text: object }), [object]);
  if (isPlain) return <span className="plain">{emojify(plainText(object))}</span>;
  return <DisplayBlock block={block} />;
}
