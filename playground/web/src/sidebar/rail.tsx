import type { Theme } from '../workspace/theme.tsx';

interface Props {
  team: string;
  theme: Theme;
  onToggleTheme: () => void;
  isInspecting: boolean;
  onInspect: () => void;
}

/** The narrow bar at the left edge: which workspace this is, the inspector, and light or dark. */
export function Rail({ team, theme, onToggleTheme, isInspecting, onInspect }: Props) {
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <div className="rail" role="toolbar" aria-label="Playground">
      <span className="team-mark" title={team} aria-hidden="true">
        {[...team][0]?.toUpperCase()}
      </span>
      <button
        type="button"
        className="rail-button"
        title="Inspector (Alt + I)"
        aria-label="Inspector"
        aria-keyshortcuts="Alt+I"
        aria-pressed={isInspecting}
        onClick={onInspect}
      >
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <path d="M1.500 10h4l2.500-6.500 4 13 2.500-6.500h4" />
        </svg>
      </button>
      <button
        type="button"
        className="rail-button"
        title={`Use the ${other} theme`}
        aria-label={`Use the ${other} theme`}
        onClick={onToggleTheme}
      >
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          {theme === 'dark' ? (
            <path d="M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM10 1.500v2M10 16.500v2M1.5 10h2M16.5 10h2M4 4l1.4 1.400M14.6 14.6 16 16M4 16l1.4-1.400M14.6 5.4 16 4" />
          ) : (
            <path d="M16.5 12A7 7 0 0 1 8 3.500a7 7 0 1 0 8.5 8.500Z" />
          )}
        </svg>
      </button>
    </div>
  );
}
