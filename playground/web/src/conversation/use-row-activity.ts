import { type FocusEvent, useState } from 'react';

export type OpenPopup = 'menu' | 'emoji';

/** Whether a row's tools show: under the pointer, with the keyboard's focus in it, or while one of their popups is open. */
export function useRowActivity() {
  const [isHovered, setHovered] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const [popup, setPopup] = useState<OpenPopup>();
  return {
    isActive: isHovered || isFocused || popup !== undefined,
    popup,
    setPopup,
    rowProps: {
      onPointerEnter: () => setHovered(true),
      onPointerLeave: () => setHovered(false),
      // Not the focus that a click leaves behind: the tools would stay when the pointer has gone.
      onFocus: ({ target }: FocusEvent) => setFocused(target.matches(':focus-visible')),
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
        if (!currentTarget.contains(relatedTarget)) setFocused(false);
      },
    },
  };
}
