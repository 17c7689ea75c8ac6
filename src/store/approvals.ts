/** A write that a person is asked about. */
export interface Proposal {
  session: string;
  tool: string;
  /** Exactly what will be executed: the stored arguments, never a later message of the model. */
  args: Record<string, unknown>;
  requester: string;
}

/** What the model is told of its proposal. `off`: changes are not switched on here. */
export type ProposalOutcome = { state: 'asked'; id: string } | { state: 'off'; message: string };

/** Writes that wait for a person. Each is decided once and executed at most once. */
export interface Approvals {
  propose(proposal: Proposal): Promise<ProposalOutcome>;
}

/** Until people can approve, no write is even proposed. */
export const approvalsOff: Approvals = {
  propose: async ({ tool }) => ({
    state: 'off',
    message: `${tool} changes data, and changes are switched off. Say what you would change instead.`,
  }),
};
