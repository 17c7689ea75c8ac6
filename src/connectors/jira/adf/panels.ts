/** Jira's panels as GitHub's alerts, one for one: `> [!NOTE]` on a line of its own above the text. */
const alerts = {
  info: 'NOTE',
  success: 'TIP',
  note: 'IMPORTANT',
  warning: 'WARNING',
  error: 'CAUTION',
} as const;

/** The word for a kind of panel; nothing for kinds that Markdown has no word for. */
export const toAlert = (panelType: string): string | undefined =>
  Object.entries(alerts).find(([type]) => type === panelType)?.[1];

/** The kind of panel that a word names, in any case. */
export const toPanelType = (alert: string): string | undefined =>
  Object.entries(alerts).find(([, word]) => word === alert.toUpperCase())?.[0];
