import type { FileInfo } from '../../../slack/control-types.ts';
import { type FileKind, fileAddress, fileFacts, fileKind, fileName } from './file-facts.ts';
import { FilePreview } from './file-preview.tsx';

/** A file to download: its name, type and size, and the first lines of a text or table. `note` says what else is to know. */
export function FileCard({ file, note }: { file: FileInfo; note?: string }) {
  const kind = fileKind(file);
  return (
    <div className="file-card">
      <a href={fileAddress(file)} download={file.name} aria-label={`Download ${fileName(file)}`}>
        <span className={`file-sign ${kind}`} aria-hidden="true">
          {signs[kind]}
        </span>
        <span className="file-words">
          <b>{fileName(file)}</b>
          <small>{note ?? fileFacts(file)}</small>
        </span>
        <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
          <path d="M10 3v9m-4-4 4 4 4-4M4 16.5h12" />
        </svg>
      </a>
      {(kind === 'text' || kind === 'table') && <FilePreview file={file} kind={kind} />}
    </div>
  );
}

const signs: Record<FileKind, string> = {
  text: '¶',
  table: '▦',
  audio: '♪',
  video: '▶',
  picture: '◩',
  other: '▤',
};
