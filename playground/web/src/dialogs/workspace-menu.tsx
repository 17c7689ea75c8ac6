import type { AppInfo, Person } from '../../../slack/control-types.ts';
import { Problem } from '../blocks/problem.tsx';
import { Avatar } from '../conversation/avatar.tsx';
import { control } from '../workspace/control.ts';
import { nameOf, useDirectory } from '../workspace/directory.tsx';
import { useAction } from '../workspace/use-action.ts';
import { Dialog } from './dialog.tsx';
import { PersonLine } from './person-line.tsx';

/** Who and what is in the workspace, with what an administrator can do about it. */
export function WorkspaceMenu({ team, onClose }: { team: string; onClose: () => void }) {
  const { me, people, apps } = useDirectory();
  const { run, busy, problem } = useAction();
  const staff = [...people.values()].filter(({ is_bot }) => !is_bot);
  const personButton = (person: Person, label: string, change: Partial<Person>) => (
    <button
      type="button"
      className="block-button"
      disabled={busy}
      aria-label={`${label}: ${nameOf(person)}`}
      onClick={() => run(control.person({ user: person.id, ...change }))}
    >
      {label}
    </button>
  );
  return (
    <Dialog title={team} onClose={onClose}>
      <Problem>{problem}</Problem>
      <h3>Apps</h3>
      <ul className="person-list">
        {apps.map((app) => (
          <li key={app.id} className={app.installed ? 'person-line' : 'person-line gone'}>
            <Avatar person={people.get(app.user)} size={32} />
            <span className="person-name">
              <b>{app.name}</b>
              <small>{stateOf(app)}</small>
            </span>
            <button
              type="button"
              className="block-button"
              disabled={busy}
              aria-label={`${app.installed ? 'Uninstall' : 'Install'}: ${app.name}`}
              onClick={() =>
                run(
                  control.app({
                    app_id: app.id,
                    action: app.installed ? 'uninstall' : 'install',
                  }),
                )
              }
            >
              {app.installed ? 'Uninstall' : 'Install'}
            </button>
          </li>
        ))}
      </ul>
      <h3>People</h3>
      <ul className="person-list">
        {staff.map((person) => (
          <PersonLine key={person.id} person={person}>
            {!person.deleted &&
              !person.is_stranger &&
              personButton(person, person.is_restricted ? 'Make full member' : 'Make guest', {
                is_restricted: !person.is_restricted,
              })}
            {person.id !== me?.id &&
              personButton(person, person.deleted ? 'Bring back' : 'Deactivate', {
                deleted: !person.deleted,
              })}
          </PersonLine>
        ))}
      </ul>
    </Dialog>
  );
}

function stateOf({ id, installed, online }: AppInfo): string {
  if (!installed) return `${id} · not installed`;
  return `${id} · ${online ? 'connected' : 'not connected'}`;
}
