import { useState } from 'react';
import type { FileInfo } from '../../../slack/control-types.ts';
import { FileCard } from './file-card.tsx';
import { fileAddress, fileName } from './file-facts.ts';
import { Lightbox } from './lightbox.tsx';

/** A picture in its message, at most as large as a good look takes; a click shows it large. */
export function PictureFile({ file }: { file: FileInfo }) {
  const [state, setState] = useState<'loading' | 'shown' | 'broken'>('loading');
  const [isOpen, setOpen] = useState(false);
  if (state === 'broken') return <FileCard file={file} note="This picture can't be shown." />;
  const name = fileName(file);
  return (
    <figure className="picture-file">
      <figcaption>{name}</figcaption>
      <button
        type="button"
        className={state}
        aria-label={`Open ${name}`}
        onClick={() => setOpen(true)}
      >
        <img
          src={fileAddress(file)}
          alt={name}
          onLoad={() => setState('shown')}
          onError={() => setState('broken')}
        />
      </button>
      {isOpen && <Lightbox file={file} onClose={() => setOpen(false)} />}
    </figure>
  );
}
