import { useId, useRef } from 'react';
import type { AppInfo } from '../../../slack/control-types.ts';
import { onMenuKeyDown } from '../workspace/menu-keys.ts';

interface Props {
  apps: AppInfo[];
  onFiles: (files: Iterable<File>) => void;
  onShortcut: (app: AppInfo, callbackId: string) => void;
}

/** The "+" of the composer: files to attach, and the apps' global shortcuts. */
export function PlusMenu({ apps, onFiles, onShortcut }: Props) {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const choose = (act: () => void) => () => {
    menu.current?.hidePopover();
    act();
  };
  const shortcuts = apps
    .filter(({ installed }) => installed)
    .flatMap((app) =>
      app.shortcuts.filter(({ type }) => type === 'global').map((shortcut) => ({ app, shortcut })),
    );
  return (
    <div className="plus">
      <button
        type="button"
        className="plus-button"
        aria-label="Attach files and use shortcuts"
        aria-haspopup="menu"
        title="Attach files and use shortcuts"
        popoverTarget={id}
      >
        <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
          <path d="M10 4v12M4 10h12" />
        </svg>
      </button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file may be chosen again.
          target.value = '';
        }}
      />
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        aria-label="Attach files and use shortcuts"
        className="plus-menu"
        onKeyDown={onMenuKeyDown}
        onToggle={({ newState }) =>
          newState === 'open' && menu.current?.querySelector('button')?.focus()
        }
      >
        <button type="button" role="menuitem" onClick={choose(() => picker.current?.click())}>
          Upload from your computer
        </button>
        {shortcuts.map(({ app, shortcut: { callback_id, name, description } }) => (
          <button
            key={`${app.id} ${callback_id}`}
            type="button"
            role="menuitem"
            title={description}
            onClick={choose(() => onShortcut(app, callback_id))}
          >
            {name} <small>{app.name}</small>
          </button>
        ))}
      </div>
    </div>
  );
}
