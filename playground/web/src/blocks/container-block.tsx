import type { ComponentType } from 'react';
import type { AnyBlock } from '../../../slack/control-types.ts';
import { DisplayBlock } from './display-block.tsx';
import { Picture } from './picture.tsx';
import { SlackText } from './slack-text.tsx';
import { field, listField, stringField } from './text-object.ts';

interface Props {
  block: AnyBlock;
  /** Draws the blocks inside. */
  Inner: ComponentType<{ blocks: AnyBlock[] }>;
}

/** Blocks in a frame with a title; some can be folded. */
export function ContainerBlock({ block, Inner }: Props) {
  const { title, rich_text_title, subtitle, icon } = block;
  const head = (
    <>
      {icon !== undefined && <Picture image={icon} />}
      <div>
        <b>
          {field(rich_text_title, 'type') === 'rich_text' ? (
            <DisplayBlock block={rich_text_title as AnyBlock} />
          ) : (
            <SlackText object={title} />
          )}
        </b>
        {subtitle !== undefined && (
          <small>
            <SlackText object={subtitle} />
          </small>
        )}
      </div>
    </>
  );
  const children = listField(block, 'child_blocks') as AnyBlock[];
  const inside = <Inner blocks={children} />;
  const className = `container ${stringField(block, 'width') ?? 'standard'}`;
  if (block.is_collapsible !== true) {
    return (
      <div className={className}>
        <div className="card-head">{head}</div>
        {inside}
      </div>
    );
  }
  return (
    <details className={className} open={block.default_collapsed !== true}>
      <summary>
        <div className="card-head">{head}</div>
      </summary>
      {inside}
    </details>
  );
}
