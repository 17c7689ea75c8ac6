import type { AppInfo, View } from '../../../slack/control-types.ts';
import { HomeView } from '../views/home-view.tsx';
import type { Tab } from '../workspace/place.ts';
import { AppAbout } from './app-about.tsx';

/** What stands in place of the messages in a DM with an app. */
export function AppPanel({ app, tab, homes }: { app: AppInfo; tab: Tab; homes: View[] }) {
  return (
    <div
      className="app-panel"
      role="tabpanel"
      aria-label={tab === 'home' ? 'Home' : 'About'}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {tab === 'home' ? (
        <HomeView view={homes.find(({ app_id }) => app_id === app.id)} app={app} />
      ) : (
        <AppAbout app={app} />
      )}
    </div>
  );
}
