/** A name that stands for a person or a channel; stronger when it means whoever is looking. */
export function Mention({ me = false, children }: { me?: boolean; children: string }) {
  return <span className={me ? 'mention me' : 'mention'}>{children}</span>;
}
