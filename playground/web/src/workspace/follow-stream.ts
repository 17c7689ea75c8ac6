const retryMs = 1_000;

/** What happens on a stream. */
export interface StreamHandlers<Event> {
  /** It is being opened, again perhaps: gives what takes its events. `retry` opens it anew. */
  onOpen(retry: () => void): (event: Event) => void;
  /** It broke, and is opened again in a second. */
  onLost(): void;
}

/** Follows a stream of the server's events, and opens it again whenever it breaks. Returns what ends that. */
export function followStream<Event>(
  address: string,
  { onOpen, onLost }: StreamHandlers<Event>,
): () => void {
  let isLeft = false;
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const retry = () => {
    source.close();
    if (isLeft) return;
    onLost();
    clearTimeout(timer);
    timer = setTimeout(open, retryMs);
  };
  const open = () => {
    const take = onOpen(retry);
    source = new EventSource(address);
    source.onerror = retry;
    source.onmessage = ({ data }: MessageEvent<string>) => take(JSON.parse(data) as Event);
  };

  open();
  return () => {
    isLeft = true;
    clearTimeout(timer);
    source.close();
  };
}
