import type { Fault } from '../../../slack/control-types.ts';

export type FaultKind = 'limited' | 'broken' | 'delay' | 'hang' | 'lost' | 'refused';

/** The form as it was filled in; all but `kind` is text. */
export interface FaultForm {
  method: string;
  kind: FaultKind;
  /** Seconds, a status, milliseconds or an error's name: what `kind` asks for. */
  detail: string;
  /** Percent. */
  share: string;
  /** Empty: until it is ended. */
  count: string;
}

/** What each kind asks for besides, and what that is when nothing was filled in. */
export const faultKinds: Record<FaultKind, { label: string; detail?: string; usual: string }> = {
  limited: { label: '429, called too often', detail: 'Retry after (s)', usual: '1' },
  broken: { label: '5xx, server error', detail: 'Status', usual: '500' },
  delay: { label: 'Delay', detail: 'Milliseconds', usual: '3000' },
  hang: { label: 'Hang: no effect, no answer', usual: '' },
  lost: { label: 'Done, but the reply is lost', usual: '' },
  refused: { label: 'Refuse with an error', detail: 'Error', usual: 'unknown_method' },
};

/** The fault that the form asks for, or a sentence about what is wrong with it. */
export function toFault(form: FaultForm): Fault | string {
  const method = form.method.trim() || '*';
  const share = numberIn(form.share || '100', 0, 100);
  if (share === undefined || share === 0)
    return 'The share is more than 0 and at most 100 percent.';
  const count = form.count.trim() === '' ? undefined : numberIn(form.count, 1, 1_000_000);
  if (form.count.trim() !== '' && !Number.isInteger(count))
    return 'The count is a whole number, or empty.';
  const effect = toEffect(form.kind, form.detail.trim() || faultKinds[form.kind].usual);
  if (typeof effect === 'string') return effect;
  return {
    method,
    ...effect,
    ...(share < 100 && { share: share / 100 }),
    ...(count !== undefined && { count }),
  };
}

function toEffect(kind: FaultKind, detail: string): Partial<Fault> | string {
  switch (kind) {
    case 'limited': {
      const retryAfter = numberIn(detail, 0, 3_600);
      if (!Number.isInteger(retryAfter)) return 'Retry after takes whole seconds, at most 3600.';
      return { status: 429, retryAfter: retryAfter ?? 1 };
    }
    case 'broken': {
      const status = numberIn(detail, 500, 599);
      return Number.isInteger(status) ? { status: status ?? 500 } : 'The status is 500 to 599.';
    }
    case 'delay': {
      const delayMs = numberIn(detail, 1, 600_000);
      return delayMs === undefined ? 'The delay is 1 to 600000 milliseconds.' : { delayMs };
    }
    case 'hang':
      return { hang: true };
    case 'lost':
      return { lostReply: true };
    case 'refused':
      return /^\w+$/.test(detail)
        ? { error: detail }
        : 'The error is one word, such as fatal_error.';
  }
}

function numberIn(text: string, least: number, most: number): number | undefined {
  const value = Number(text);
  return text.trim() !== '' && value >= least && value <= most ? value : undefined;
}

/** `chat.update: 429, retry after 2 s; 30 % of the calls; 5 at most` */
export function describeFault(fault: Fault): string {
  const {
    method,
    share = 1,
    count,
    status,
    retryAfter = 1,
    delayMs,
    hang,
    lostReply,
    error,
  } = fault;
  const effects = [
    status === 429 ? `429, retry after ${retryAfter} s` : status && `HTTP ${status}`,
    delayMs !== undefined && `${delayMs} ms late`,
    hang && 'no effect, no answer',
    lostReply && 'done, but the reply is lost',
    error,
  ];
  const parts = [
    effects.filter(Boolean).join(', ') || 'nothing',
    share < 1 && `${Math.round(share * 1000) / 10} % of the calls`,
    count !== undefined && `${count} at most`,
  ];
  return `${method === '*' ? 'All methods' : method}: ${parts.filter(Boolean).join('; ')}`;
}
