import type { CSSProperties } from 'react';
import type { AnyBlock } from '../../../slack/control-types.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { Link } from '../blocks/link.tsx';
import { listField, stringField } from '../blocks/text-object.ts';
import { MessageText } from './message-text.tsx';

/** Slack's older way of adding things to a message: each with a coloured bar, and words or blocks in it. */
export function MessageAttachments({ attachments }: { attachments: unknown[] }) {
  return attachments.map((attachment, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: an attachment has no identity but its place
    <Attachment key={index} attachment={attachment} />
  ));
}

function Attachment({ attachment }: { attachment: unknown }) {
  const part = (name: string) => stringField(attachment, name) ?? '';
  const blocks = listField(attachment, 'blocks') as AnyBlock[];
  const title = part('title');
  return (
    <>
      <MessageText text={part('pretext')} />
      <div className="attachment" style={{ '--bar': toColor(part('color')) } as CSSProperties}>
        {part('author_name') && <b>{part('author_name')}</b>}
        {title && (
          <b>{part('title_link') ? <Link href={part('title_link')}>{title}</Link> : title}</b>
        )}
        {blocks.length > 0 ? (
          <Blocks blocks={blocks} />
        ) : (
          <MessageText text={part('text') || (title ? '' : part('fallback'))} />
        )}
        <Fields fields={listField(attachment, 'fields')} />
        {part('footer') && <small>{part('footer')}</small>}
      </div>
    </>
  );
}

function Fields({ fields }: { fields: unknown[] }) {
  if (fields.length === 0) return null;
  return (
    <dl>
      {fields.map((field, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a field has no identity but its place
        <div key={index}>
          <dt>{stringField(field, 'title')}</dt>
          <dd>
            <MessageText text={stringField(field, 'value') ?? ''} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const named: Record<string, string> = { good: '#2eb67d', warning: '#ecb22e', danger: '#e01e5a' };

/** Slack's three words or a hex colour; anything else is grey. */
function toColor(color: string): string {
  if (Object.hasOwn(named, color)) return named[color] ?? '';
  const [, hex] = /^#?([\da-f]{3}|[\da-f]{6})$/i.exec(color) ?? [];
  return hex ? `#${hex}` : 'var(--line-strong)';
}
