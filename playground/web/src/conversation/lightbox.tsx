import type { FileInfo } from '../../../slack/control-types.ts';
import { useModalDialog } from '../blocks/use-modal-dialog.ts';
import { fileAddress, fileFacts, fileName } from './file-facts.ts';
import { CloseMark } from './marks.tsx';

/** A picture as large as the window allows. Open as long as it is mounted; Escape or a click beside the picture asks to close. */
export function Lightbox({ file, onClose }: { file: FileInfo; onClose: () => void }) {
  const dialog = useModalDialog();
  const name = fileName(file);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      ref={dialog}
      className="lightbox"
      aria-label={name}
      onClose={onClose}
      onClick={({ target }) => {
        if (!(target as Element).closest('header, img')) onClose();
      }}
    >
      <header>
        <b>{name}</b>
        <small>{fileFacts(file)}</small>
        <a className="block-button" href={fileAddress(file)} download={file.name}>
          Download
        </a>
        <button type="button" className="close" aria-label="Close" onClick={onClose}>
          <CloseMark />
        </button>
      </header>
      <img src={fileAddress(file)} alt={name} />
    </dialog>
  );
}
