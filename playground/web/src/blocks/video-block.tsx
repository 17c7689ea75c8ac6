import { emojify } from 'node-emoji';
import type { AnyBlock } from '../../../slack/control-types.ts';
import { Link } from './link.tsx';
import { field, plainText, stringField } from './text-object.ts';

/** A video as a card that leads to it; neither it nor its picture is loaded. */
export function VideoBlock({ block }: { block: AnyBlock }) {
  const by = ['author_name', 'provider_name'].map((name) => stringField(block, name));
  const title = plainText(block.title) || (stringField(block, 'alt_text') ?? 'Video');
  return (
    <div className="link-card">
      <small>{by.filter(Boolean).join(' · ') || 'Video'}</small>
      <Link href={stringField(block, 'title_url') ?? stringField(block, 'video_url')}>
        <b>▶ {emojify(title)}</b>
      </Link>
      <span>{emojify(plainText(field(block, 'description')))}</span>
    </div>
  );
}
