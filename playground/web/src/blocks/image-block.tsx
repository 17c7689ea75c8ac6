import type { AnyBlock } from '../../../slack/control-types.ts';
import { Link } from './link.tsx';
import { field, plainText, stringField } from './text-object.ts';

/** A picture that was uploaded here; one from elsewhere becomes a link, since the page loads nothing from other servers. */
export function ImageBlock({ block }: { block: AnyBlock }) {
  const id = stringField(field(block, 'slack_file'), 'id');
  const alt = stringField(block, 'alt_text') ?? '';
  const title = plainText(block.title) || alt;
  if (!id) return <Link href={stringField(block, 'image_url')}>{title || 'Image'}</Link>;
  return (
    <figure className="image">
      <figcaption>{title}</figcaption>
      <img src={`/control/file?id=${encodeURIComponent(id)}`} alt={alt} />
    </figure>
  );
}
