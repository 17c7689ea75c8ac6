import type { RefObject } from 'react';
import type { AppInfo } from '../../../slack/control-types.ts';
import { onMenuKeyDown } from '../workspace/menu-keys.ts';
import { Popup } from './popup.tsx';

export interface MenuItem {
  label: string;
  /** Beside the label: whose it is. */
  hint?: string;
  danger?: boolean;
  run: () => void;
}

interface Props {
  anchor: RefObject<HTMLElement | null>;
  /** In groups, with a line between them; empty ones do not show. */
  groups: MenuItem[][];
  onClose: () => void;
}

/** What can be done with a message. Arrows move, Enter takes, Escape and Tab close. */
export function MessageMenu({ anchor, groups, onClose }: Props) {
  return (
    <Popup
      anchor={anchor}
      role="menu"
      label="More actions"
      className="message-menu"
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key === 'Tab') onClose();
        else onMenuKeyDown(event);
      }}
    >
      {groups
        .filter((group) => group.length > 0)
        .map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the groups have no names, and their order is fixed
          <div key={index} className="menu-group">
            {group.map((item) => (
              <button
                key={`${item.label} ${item.hint}`}
                type="button"
                role="menuitem"
                tabIndex={-1}
                className={item.danger ? 'danger' : undefined}
                onClick={() => {
                  onClose();
                  item.run();
                }}
              >
                {item.label}
                {item.hint && <small>{item.hint}</small>}
              </button>
            ))}
          </div>
        ))}
    </Popup>
  );
}

/** The shortcuts on messages that installed apps offer, each with its app. */
export function messageShortcuts(apps: AppInfo[]) {
  return apps
    .filter(({ installed }) => installed)
    .flatMap((app) =>
      app.shortcuts
        .filter(({ type }) => type === 'message')
        .map((shortcut) => ({ ...shortcut, app })),
    );
}
