import type {
  AppRequest,
  ChannelRequest,
  ClickRequest,
  CloseViewRequest,
  CommandRequest,
  ControlAnswer,
  CreateChannelRequest,
  EditRequest,
  Fault,
  FileInfo,
  JoinRequest,
  Limits,
  OpenDmRequest,
  OpenHomeRequest,
  PersonRequest,
  ReactRequest,
  RemoveRequest,
  SayRequest,
  ShortcutRequest,
  StopRequest,
  SubmitRequest,
  SuggestRequest,
} from '../../../slack/control-types.ts';

/** What a person can do, as calls to the playground's control API. None throws: an answer that is not `ok` carries a sentence. */
export const control = {
  say: (request: SayRequest) => post<{ ts: string }>('say', request),
  edit: (request: EditRequest) => post('edit', request),
  remove: (request: RemoveRequest) => post('remove', request),
  command: (request: CommandRequest) => post('command', request),
  shortcut: (request: ShortcutRequest) => post('shortcut', request),
  click: (request: ClickRequest) => post('click', request),
  suggest: (request: SuggestRequest) =>
    post<{ options?: unknown[]; option_groups?: unknown[] }>('suggest', request),
  submit: (request: SubmitRequest) => post<{ errors?: Record<string, string> }>('submit', request),
  closeView: (request: CloseViewRequest) => post('close-view', request),
  openHome: (request: OpenHomeRequest) => post('open-home', request),
  stop: (request: StopRequest) => post('stop', request),
  react: (request: ReactRequest) => post('react', request),
  join: (request: JoinRequest) => post('join', request),
  openDm: (request: OpenDmRequest) => post<{ channel: string }>('open-dm', request),
  createChannel: (request: CreateChannelRequest) =>
    post<{ channel: string }>('create-channel', request),
  channel: (request: ChannelRequest) => post('channel', request),
  app: (request: AppRequest) => post('app', request),
  person: (request: PersonRequest) => post('person', request),
  limits: (request: Partial<Limits>) => post('limits', request),
  fault: (request: Fault) => post<{ id: string }>('fault', request),
  unfault: (request: { id?: string }) => post('unfault', request),
  refreshSockets: () => post('refresh-sockets', {}),
  cutSockets: () => post('cut-sockets', {}),
  /** Uploads a file; nobody sees it before a message names it in `file_ids`. */
  upload: (user: string, file: File) =>
    send<{ file: FileInfo }>(`upload?${new URLSearchParams({ user, name: file.name })}`, {
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    }),
};

const post = <T = object>(action: string, request: object) =>
  send<T>(action, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });

async function send<T>(path: string, request: RequestInit): Promise<ControlAnswer<T>> {
  try {
    const answer = await fetch(`/control/${path}`, { method: 'POST', ...request });
    return (await answer.json()) as ControlAnswer<T>;
  } catch {
    return { ok: false, error: 'unreachable', message: 'The playground is not answering.' };
  }
}
