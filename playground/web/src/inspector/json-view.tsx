import { useMemo } from 'react';
import { useSaid } from '../workspace/use-said.ts';

const mostLetters = 20_000;

/** A value as JSON, with a button that copies it whole; very long ones show their beginning. */
export function JsonView({ title, value }: { title: string; value: unknown }) {
  const json = useMemo(() => JSON.stringify(value, null, 2) ?? 'none', [value]);
  const [said, say] = useSaid();
  const rest = json.length - mostLetters;
  const copy = async () => {
    const copied = await navigator.clipboard.writeText(json).then(
      () => true,
      () => false,
    );
    say(copied ? 'Copied' : 'Not allowed');
  };
  return (
    <section className="json-view" aria-label={title}>
      <header>
        <h4>{title}</h4>
        <span role="status">{said}</span>
        <button
          type="button"
          className="copy-json"
          onClick={copy}
          aria-label={`Copy ${title.toLowerCase()}`}
        >
          Copy
        </button>
      </header>
      <pre>
        {rest > 0 ? json.slice(0, mostLetters) : json}
        {rest > 0 && `\n… ${rest.toLocaleString('en')} more letters: Copy gives them all.`}
      </pre>
    </section>
  );
}
