import { Office } from './office.tsx';
import { Rail } from './sidebar/rail.tsx';
import { SkipLink } from './sidebar/skip-link.tsx';
import { ConnectionBanner } from './workspace/connection-banner.tsx';
import { DirectoryProvider } from './workspace/directory.tsx';
import { toggledInspector } from './workspace/place.ts';
import { ThemeContext, useThemeChoice } from './workspace/theme.tsx';
import { usePerson } from './workspace/use-person.ts';
import { usePlace } from './workspace/use-place.ts';
import { useWorkspace } from './workspace/use-workspace.ts';

/** The whole page. */
export function App() {
  const [place, go] = usePlace();
  const { theme, toggle } = useThemeChoice();
  const { state, connection } = useWorkspace(usePerson(place.me));
  return (
    <ThemeContext value={theme}>
      <div className="frame">
        <SkipLink />
        <Rail
          team={state?.team.name ?? ''}
          theme={theme}
          onToggleTheme={toggle}
          isInspecting={place.inspector === 'open'}
          onInspect={() => go(toggledInspector(place))}
        />
        {state ? (
          <DirectoryProvider state={state}>
            <ConnectionBanner connection={connection} apps={state.apps} />
            <Office key={state.me} state={state} place={place} onGo={go} />
          </DirectoryProvider>
        ) : (
          <p className="loading" role="status">
            {connection === 'lost' ? 'The playground is not answering. Trying again…' : 'Loading…'}
          </p>
        )}
      </div>
    </ThemeContext>
  );
}
