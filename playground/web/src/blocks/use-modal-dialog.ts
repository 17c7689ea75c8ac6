import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Opens a `<dialog>` above the page for as long as it is mounted; then the focus goes back to where it was. */
export function useModalDialog(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  // Layout effects are undone while the element is still in the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const { current } = dialog;
    current?.showModal();
    return () => current?.close();
  }, []);
  return dialog;
}
