import { type RefObject, useEffect, useRef } from 'react';

/** Takes files that are dropped anywhere on the pane around `inside`, and marks it with `drop` while they hover there. */
export function useFileDrop(
  inside: RefObject<HTMLElement | null>,
  onFiles: (files: Iterable<File>) => void,
): void {
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });
  useEffect(() => {
    const pane = inside.current?.closest<HTMLElement>('.pane');
    if (!pane) return;
    const left = new AbortController();
    const on = (name: 'dragover' | 'dragleave' | 'drop', run: (event: DragEvent) => void) =>
      pane.addEventListener(name, run, { signal: left.signal });
    on('dragover', (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      pane.classList.add('drop');
    });
    on('dragleave', ({ relatedTarget }) => {
      if (!pane.contains(relatedTarget as Node | null)) pane.classList.remove('drop');
    });
    on('drop', (event) => {
      pane.classList.remove('drop');
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      latest.current(event.dataTransfer.files);
    });
    return () => left.abort();
  }, [inside]);
}
