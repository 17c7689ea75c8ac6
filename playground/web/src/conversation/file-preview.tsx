import { useEffect, useRef, useState } from 'react';
import type { FileInfo } from '../../../slack/control-types.ts';
import { toRows } from './csv-rows.ts';
import { fileAddress } from './file-facts.ts';
import { readHead } from './read-head.ts';

const mostRows = 6;
const mostColumns = 8;
const mostLines = 8;
const mostLetters = 200;

/** The first lines of a text, or the first rows of a table; fetched when it comes into the window. Nothing if that fails. */
export function FilePreview({ file, kind }: { file: FileInfo; kind: 'text' | 'table' }) {
  const place = useRef<HTMLDivElement>(null);
  const [head, setHead] = useState<string>();
  const address = fileAddress(file);

  useEffect(() => {
    if (!place.current) return;
    const left = new AbortController();
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      observer.disconnect();
      readHead(address, left.signal).then(setHead, () => setHead(''));
    });
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      left.abort();
    };
  }, [address]);

  if (head === '') return null;
  // Until it is there it takes the place it will need, so that nothing moves when it comes.
  return (
    <div ref={place} className={`file-preview ${kind}`}>
      {head !== undefined && (kind === 'table' ? <Table text={head} /> : <Lines text={head} />)}
    </div>
  );
}

function Lines({ text }: { text: string }) {
  const lines = text.split(/\r?\n/, mostLines).map(shortened);
  return <pre>{lines.join('\n')}</pre>;
}

function Table({ text }: { text: string }) {
  const [header = [], ...rows] = toRows(text, mostRows);
  const columns = header.slice(0, mostColumns);
  const hidden = header.length - columns.length;
  // Rows and columns have no identity but their place.
  return (
    <table>
      <thead>
        <tr>
          {columns.map((cell, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <th key={column}>{shortened(cell)}</th>
          ))}
          {hidden > 0 && <th>+ {hidden}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <tr key={index}>
            {columns.map((_, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <td key={column}>{shortened(row[column] ?? '')}</td>
            ))}
            {hidden > 0 && <td>…</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const shortened = (text: string) =>
  text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text;
