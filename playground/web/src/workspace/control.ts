import type {
  ClickRequest,
  CommandRequest,
  ControlAnswer,
  JoinRequest,
  ReactRequest,
  RemoveRequest,
  SayRequest,
} from '../../../slack/control-types.ts';

/** What a person can do, as calls to the playground's control API. None throws: an answer that is not `ok` carries a sentence. */
export const control = {
  say: (request: SayRequest) => post<{ ts: string }>('say', request),
  remove: (request: RemoveRequest) => post('remove', request),
  command: (request: CommandRequest) => post('command', request),
  click: (request: ClickRequest) => post('click', request),
  join: (request: JoinRequest) => post('join', request),
  react: (request: ReactRequest) => post('react', request),
};

async function post<T = object>(action: string, request: object): Promise<ControlAnswer<T>> {
  try {
    const answer = await fetch(`/control/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return (await answer.json()) as ControlAnswer<T>;
  } catch {
    return { ok: false, error: 'unreachable', message: 'The playground is not answering.' };
  }
}
