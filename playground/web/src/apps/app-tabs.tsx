import type { KeyboardEvent } from 'react';
import type { AppInfo } from '../../../slack/control-types.ts';
import type { Tab } from '../workspace/place.ts';

/** What the tabs of an app's DM show; without one it is the messages. */
type Choice = Tab | undefined;

/** The tabs of a DM with an app: Home, when it has one, Messages, About. ← and → move among them. */
export function AppTabs({
  app,
  tab,
  onChoose,
}: {
  app: AppInfo;
  tab: Choice;
  onChoose: (tab: Choice) => void;
}) {
  const tabs: [Choice, string][] = [
    ...(app.home_tab ? [['home', 'Home'] as [Choice, string]] : []),
    [undefined, 'Messages'],
    ['about', 'About'],
  ];
  const onKeyDown = ({ key, currentTarget }: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (!by) return;
    const at = tabs.findIndex(([value]) => value === tab);
    const index = (at + by + tabs.length) % tabs.length;
    onChoose(tabs[index]?.[0]);
    currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')[index]?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={app.name} onKeyDown={onKeyDown}>
      {tabs.map(([value, label]) => (
        <button
          key={label}
          type="button"
          role="tab"
          aria-selected={value === tab}
          tabIndex={value === tab ? 0 : -1}
          onClick={() => onChoose(value)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
