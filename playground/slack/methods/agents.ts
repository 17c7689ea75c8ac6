import type { Args } from '../args.ts';
import type { Limits } from '../control-types.ts';
import { type SessionState, sessionStates, type ThreadOfApp } from '../messages/agent-sessions.ts';
import type { Method, Methods } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { threadOfApp } from './assistant.ts';
import { visible } from './conversations.ts';

const MAX_TITLE = 200;
const STOP_EVENT = 'agent_session_stopped';

const setStatus: Method = ({ workspace, limits }, args, app) => {
  const thread = threadOfAgent(workspace, args, app);
  const state = readSessionState(args.text('status'));
  const initiator = args.text('initiator_user_id');
  if (initiator && !isMember(workspace, thread.channel, workspace.person(initiator).id))
    throw new Refusal('user_not_in_channel');
  workspace.sessions.setState(thread, state, readTitle(args, limits));
  const title = workspace.sessions.find(thread)?.title;
  return { status: state, agent_status: state, ...(title && { title }), ...stopWarning(app) };
};

const rename: Method = ({ workspace, limits }, args, app) => {
  const thread = threadOfAgent(workspace, args, app);
  const title = readTitle(args, limits);
  if (!title) throw new Refusal('invalid_arguments', ['missing required field: title']);
  // A guess: Slack documents no error for a thread in which the agent has done nothing yet.
  if (!workspace.sessions.find(thread)) throw new Refusal('session_not_found');
  workspace.sessions.rename(thread, title);
  return { title };
};

/** The methods of 2026's agents. An older Slack answers `unknown_method` to all of them. */
export const agentMethods: Methods = {
  'agents.sessions.setStatus': setStatus,
  'agents.sessions.rename': rename,
};

/** @throws Refusal `invalid_status`. */
export function readSessionState(value: string | undefined): SessionState {
  const state = sessionStates.find((one) => one === value);
  if (!state) throw new Refusal('invalid_status');
  return state;
}

/** @throws Refusal `feature_disabled`, `thread_ts_required`, `channel_not_found`, `not_authorized`, `invalid_thread_ts`. */
function threadOfAgent(workspace: Workspace, args: Args, app: InstalledApp): ThreadOfApp {
  if (!app.manifest.agent) throw new Refusal('feature_disabled');
  if (!args.has('thread_ts')) throw new Refusal('thread_ts_required');
  const channel = visible(app, workspace.channel(args.text('channel_id'))).id;
  if (!isMember(workspace, channel, app.user)) throw new Refusal('not_authorized');
  return threadOfApp(workspace, args, app);
}

const isMember = (workspace: Workspace, channel: string, user: string) =>
  workspace.channel(channel).members.includes(user);

function readTitle(args: Args, limits: Limits): string {
  const title = args.text('title') ?? '';
  if (limits.sizes && title.length > MAX_TITLE)
    throw new Refusal('invalid_arguments', [`title must be at most ${MAX_TITLE} characters`]);
  return title;
}

/** Without the event people see a line that they cannot stop; Slack says so with every call. */
function stopWarning(app: InstalledApp) {
  if (app.subscribes(STOP_EVENT)) return {};
  const warning = `missing_${STOP_EVENT}_event_subscription`;
  return { warning, response_metadata: { warnings: [warning] } };
}
