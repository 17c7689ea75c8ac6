import type { Channel } from '../../../slack/control-types.ts';

/** `#`, or a lock for a private channel. */
export function ChannelMark({ channel }: { channel: Channel }) {
  return (
    <svg className="channel-mark" viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
      {channel.kind === 'private' ? (
        <path d="M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9" />
      ) : (
        <path d="M8 3.5 6.5 16.5m7-13L12 16.5M4 7.5h12.5m-13 5H16" />
      )}
    </svg>
  );
}
