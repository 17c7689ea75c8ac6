import type { AppInfo } from '../../../slack/control-types.ts';

/** What is known about an app, and how to use it. */
export function AppAbout({ app }: { app: AppInfo }) {
  const { id, name, bot_id, installed, online, commands, shortcuts } = app;
  const state = !installed ? 'not installed' : online ? 'connected' : 'not connected';
  return (
    <div className="about">
      <h3>{name}</h3>
      <dl>
        <dt>App</dt>
        <dd>{id}</dd>
        <dt>Bot</dt>
        <dd>{bot_id}</dd>
        <dt>State</dt>
        <dd>{state}</dd>
      </dl>
      <h3>Slash commands</h3>
      {commands.length === 0 && <p>None.</p>}
      <ul>
        {commands.map(({ command, usage_hint = '', description }) => (
          <li key={command}>
            <code>
              {command} {usage_hint}
            </code>
            <p>{description}</p>
          </li>
        ))}
      </ul>
      <h3>Shortcuts</h3>
      {shortcuts.length === 0 && <p>None.</p>}
      <ul>
        {shortcuts.map(({ callback_id, name, type, description }) => (
          <li key={`${type} ${callback_id}`}>
            <b>{name}</b> {type === 'message' ? '(on a message)' : '(everywhere)'}
            <p>{description}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
