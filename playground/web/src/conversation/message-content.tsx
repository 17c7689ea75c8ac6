import type { Message } from '../../../slack/control-types.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { MessageAttachments } from './message-attachments.tsx';
import { isNotice, isTombstone } from './message-kinds.ts';
import { MessageText } from './message-text.tsx';

/** What a message says: its blocks, or its text when it has none, and what is attached below. */
export function MessageContent({ message }: { message: Message }) {
  const { text, mrkdwn, blocks, attachments, subtype, streaming_state } = message;
  if (isTombstone(message)) return <p className="tombstone">This message was deleted.</p>;
  if (isNotice(message)) {
    return (
      <div className="notice">
        <MessageText text={withoutAuthor(text)} />
      </div>
    );
  }
  const names = ['message-content', subtype === 'me_message' && 'me', streaming_state];
  return (
    <div className={names.filter(Boolean).join(' ')}>
      {blocks?.length ? (
        <Blocks blocks={blocks} />
      ) : (
        <MessageText text={text} isPlain={mrkdwn === false} />
      )}
      {attachments?.length ? <MessageAttachments attachments={attachments} /> : null}
      {streaming_state === 'errored' && <p className="stream-broken">The answer broke off here.</p>}
    </div>
  );
}

/** `<@U1> has joined the channel` stands beside the name already. */
const withoutAuthor = (text: string) => text.replace(/^<@\w+(\|[^>]*)?>:?\s+(has\s+)?/, '');
