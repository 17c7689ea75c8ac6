import { fileSize } from './file-size.ts';
import type { Upload } from './use-uploads.ts';

/** The files that will go with the message. */
export function FileChips({
  uploads,
  onRemove,
}: {
  uploads: Upload[];
  onRemove: (key: string) => void;
}) {
  if (uploads.length === 0) return null;
  return (
    <ul className="chips" aria-label="Files to send">
      {uploads.map(({ key, name, size, id, problem }) => (
        <li key={key} className={problem ? 'chip refused' : 'chip'} aria-busy={!id && !problem}>
          <span className="chip-name">{name}</span>
          <small className="chip-note" role={problem ? 'alert' : 'status'}>
            {problem ?? (id ? fileSize(size) : 'Uploading…')}
          </small>
          <button
            type="button"
            aria-label={`Remove ${name}`}
            title="Remove"
            onClick={() => onRemove(key)}
          >
            <svg viewBox="0 0 20 20" width="14" height="14" aria-hidden="true">
              <path d="m5 5 10 10M15 5 5 15" />
            </svg>
          </button>
        </li>
      ))}
    </ul>
  );
}
