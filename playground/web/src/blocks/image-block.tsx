import { emojify } from 'node-emoji';
import type { AnyBlock } from '../../../slack/control-types.ts';
import { Picture } from './picture.tsx';
import { plainText } from './text-object.ts';

/** A picture under its title. */
export function ImageBlock({ block }: { block: AnyBlock }) {
  const title = plainText(block.title);
  return (
    <figure className="image">
      {title && <figcaption>{emojify(title)}</figcaption>}
      <Picture image={block} />
    </figure>
  );
}
