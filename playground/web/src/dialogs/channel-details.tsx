import type { Channel, ChannelRequest, Person } from '../../../slack/control-types.ts';
import { Problem } from '../blocks/problem.tsx';
import { ChannelMark } from '../sidebar/channel-mark.tsx';
import { control } from '../workspace/control.ts';
import { channelTitle, type Directory, useDirectory } from '../workspace/directory.tsx';
import { useAction } from '../workspace/use-action.ts';
import { AddMember } from './add-member.tsx';
import { Dialog } from './dialog.tsx';
import { PersonLine } from './person-line.tsx';

/** What a channel is, who is in it, and what can happen to it as a whole. */
export function ChannelDetails({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const directory = useDirectory();
  const { run, busy, problem } = useAction();
  const { id, topic } = channel;
  const members = livingMembers(channel, directory);
  const isChannel = channel.kind === 'public' || channel.kind === 'private';
  const user = directory.me?.id ?? '';
  const title = channelTitle(channel, directory);
  return (
    <Dialog
      title={
        <>
          {isChannel && <ChannelMark channel={channel} />} {title}
        </>
      }
      onClose={onClose}
    >
      <p className="sheet-badges">
        {badgesOf(channel).map((badge) => (
          <span key={badge} className="badge">
            {badge}
          </span>
        ))}
      </p>
      {topic && <p>{topic}</p>}
      {isChannel && (
        <div className="sheet-actions">
          {actionsOn(channel).map(({ action, label }) => (
            <button
              key={action}
              type="button"
              className="block-button"
              disabled={busy}
              onClick={() => run(control.channel({ user, channel: id, action }))}
            >
              {label}
            </button>
          ))}
        </div>
      )}
      <Problem>{problem}</Problem>
      <h3>
        {members.length} {members.length === 1 ? 'member' : 'members'}
      </h3>
      {isChannel && (
        <AddMember
          channel={channel}
          busy={busy}
          onAdd={(added) => run(control.join({ user: added, channel: id }))}
        />
      )}
      <ul className="person-list">
        {members.map((person) => (
          <PersonLine key={person.id} person={person}>
            {isChannel && (
              <button
                type="button"
                className="block-button"
                disabled={busy}
                aria-label={`Remove ${person.name}`}
                onClick={() => run(control.join({ user: person.id, channel: id, leave: true }))}
              >
                {person.id === user ? 'Leave' : 'Remove'}
              </button>
            )}
          </PersonLine>
        ))}
      </ul>
    </Dialog>
  );
}

/** Deactivated people and uninstalled apps keep their place, but nobody sees them there. */
function livingMembers({ members }: Channel, { people, apps }: Directory): Person[] {
  const removed = new Set(apps.filter(({ installed }) => !installed).map(({ user }) => user));
  return members
    .flatMap((member) => people.get(member) ?? [])
    .filter(({ id, deleted }) => !deleted && !removed.has(id));
}

function badgesOf({ kind, external, archived }: Channel): string[] {
  const kinds = { public: 'PUBLIC', private: 'PRIVATE', direct: 'DIRECT', group: 'GROUP' };
  return [kinds[kind], ...(external ? ['SHARED'] : []), ...(archived ? ['ARCHIVED'] : [])];
}

type Action = { action: ChannelRequest['action']; label: string };

function actionsOn({ kind, external, archived }: Channel): Action[] {
  if (archived) return [{ action: 'unarchive', label: 'Unarchive' }];
  return [
    kind === 'public'
      ? { action: 'make-private', label: 'Make private' }
      : { action: 'make-public', label: 'Make public' },
    external
      ? { action: 'unshare', label: 'Stop sharing' }
      : { action: 'share', label: 'Share with the partner organisation' },
    { action: 'archive', label: 'Archive' },
  ];
}
