import { type FocusEvent, useEffect, useRef, useState } from 'react';

export type OpenPopup = 'menu' | 'emoji';

/** Whether a row's tools show: under the pointer, with the keyboard's focus in it, or while one of their popups is open. */
export function useRowActivity() {
  const [isHovered, setHovered] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const [popup, setPopup] = useState<OpenPopup>();
  const row = useRef<Element>(null);
  useEffect(() => {
    if (!isFocused) return;
    // What is taken away while it has the focus, such as the editor, tells of no blur.
    const onFocusIn = ({ target }: Event) => {
      if (!row.current?.contains(target as Node)) setFocused(false);
    };
    document.addEventListener('focusin', onFocusIn);
    return () => document.removeEventListener('focusin', onFocusIn);
  }, [isFocused]);
  return {
    isActive: isHovered || isFocused || popup !== undefined,
    popup,
    setPopup,
    rowProps: {
      onPointerEnter: () => setHovered(true),
      onPointerLeave: () => setHovered(false),
      // Not the focus that a click leaves behind: the tools would stay when the pointer has gone.
      onFocus: ({ currentTarget, target }: FocusEvent) => {
        row.current = currentTarget;
        setFocused(target.matches(':focus-visible'));
      },
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
        if (!currentTarget.contains(relatedTarget)) setFocused(false);
      },
    },
  };
}
