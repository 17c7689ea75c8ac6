import type { AnyBlock } from '../../../slack/control-types.ts';
import { ActionsBlock } from './actions-block.tsx';
import { BlockBoundary } from './block-boundary.tsx';
import { DisplayBlock } from './display-block.tsx';
import { ImageBlock } from './image-block.tsx';
import { MarkdownBlock } from './markdown-block.tsx';
import { SectionBlock } from './section-block.tsx';
import { plainText, stringField } from './text-object.ts';
import { UnknownNote } from './unknown-note.tsx';

/** What slack-blocks-to-jsx draws as it is. */
const displayed = new Set([
  'alert',
  'card',
  'carousel',
  'container',
  'context',
  'data_visualization',
  'divider',
  'header',
  'plan',
  'rich_text',
  'table',
  'task_card',
]);

/** A message's blocks, in order. Blocks keep their place in the page through edits, so nothing flickers. */
export function Blocks({ blocks }: { blocks: AnyBlock[] }) {
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a block has no identity but its place; its id may change with every edit
    <div key={index} className={`block block-${stringField(block, 'type') ?? 'nameless'}`}>
      <BlockBoundary block={block} words={plainText(block)}>
        <OneBlock block={block} />
      </BlockBoundary>
    </div>
  ));
}

function OneBlock({ block }: { block: AnyBlock }) {
  const type = stringField(block, 'type') ?? 'nameless';
  if (type === 'markdown') return <MarkdownBlock text={stringField(block, 'text') ?? ''} />;
  if (type === 'section') return <SectionBlock block={block} />;
  if (type === 'actions' || type === 'context_actions') return <ActionsBlock block={block} />;
  if (type === 'image') return <ImageBlock block={block} />;
  if (displayed.has(type)) return <DisplayBlock block={block} />;
  return <UnknownNote what={`“${type}” block`} />;
}
