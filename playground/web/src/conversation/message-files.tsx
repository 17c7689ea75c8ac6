import type { FileInfo } from '../../../slack/control-types.ts';
import { FileCard } from './file-card.tsx';
import { PictureFile } from './picture-file.tsx';

/** What the server gives out to be shown; other pictures, such as SVG, could run code and are only offered. */
const shownPictures = /^image\/(png|jpeg|gif)$/;

/** What a message carries: pictures are shown, other files offered. */
export function MessageFiles({ files }: { files: FileInfo[] }) {
  return (
    <ul className="files">
      {files.map((file) => (
        <li key={file.id}>
          {shownPictures.test(file.mimetype) ? (
            <PictureFile file={file} />
          ) : (
            <FileCard file={file} />
          )}
        </li>
      ))}
    </ul>
  );
}
