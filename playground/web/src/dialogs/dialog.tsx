import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';

/** A window over the page, there as long as it is mounted. Escape, its ✕ and a click beside it close it; the focus goes back to where it was. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog?.open) dialog?.showModal();
    // Where there is something to fill in, that comes first; else the browser begins with the ✕.
    dialog?.querySelector<HTMLElement>('form input')?.focus();
    // Closed before it goes, so that the browser gives the focus back, and before what comes instead takes it.
    return () => dialog?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has Escape
    <dialog
      ref={ref}
      className="sheet"
      aria-labelledby={id}
      onClose={onClose}
      onClick={({ target }) => target === ref.current && ref.current.close()}
    >
      <div className="sheet-inside">
        <header>
          <h2 id={id}>{title}</h2>
          <button
            type="button"
            className="close"
            aria-label="Close"
            onClick={() => ref.current?.close()}
          >
            <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
              <path d="m5 5 10 10M15 5 5 15" />
            </svg>
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
