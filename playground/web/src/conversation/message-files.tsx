import type { FileInfo } from '../../../slack/control-types.ts';

/** What a message carries: pictures are shown, other files offered. */
export function MessageFiles({ files }: { files: FileInfo[] }) {
  return (
    <ul className="files">
      {files.map((file) => (
        <li key={file.id}>
          <File file={file} />
        </li>
      ))}
    </ul>
  );
}

function File({ file }: { file: FileInfo }) {
  const address = `/control/file?id=${encodeURIComponent(file.id)}`;
  const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(file.mimetype);
  return (
    <a className={isPicture ? 'file picture' : 'file'} href={address} download={file.name}>
      {isPicture && <img src={address} alt={file.title || file.name} />}
      <span>
        <b>{file.title || file.name}</b>
        <small>
          {file.filetype.toUpperCase()} · {inWords(file.size)}
        </small>
      </span>
    </a>
  );
}

/** `312 bytes`, `4.2 kB`, `1.3 MB` */
function inWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
