import { useEffect } from 'react';
import type { AppInfo } from '../../../slack/control-types.ts';
import { control } from '../workspace/control.ts';
import type { Tab } from '../workspace/place.ts';

/** Tells an app that its Home or Messages tab is being looked at. */
export function useHomeOpened(user: string, app: AppInfo | undefined, tab: Tab | undefined): void {
  const app_id = app?.installed ? app.id : undefined;
  useEffect(() => {
    if (!app_id || tab === 'about') return;
    void control.openHome({ user, app_id, tab: tab ?? 'messages' });
  }, [user, app_id, tab]);
}
