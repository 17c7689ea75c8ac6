import type { JiraSite } from './jira-site.ts';
import { Refusal } from './refusal.ts';

/** What people may be allowed on a site, by key. */
export const permissionNames = {
  ADMINISTER: 'Administer Jira',
  BROWSE_PROJECTS: 'Browse Projects',
  CREATE_ISSUES: 'Create Issues',
  EDIT_ISSUES: 'Edit Issues',
  TRANSITION_ISSUES: 'Transition Issues',
  ASSIGN_ISSUES: 'Assign Issues',
  ASSIGNABLE_USER: 'Assignable User',
  RESOLVE_ISSUES: 'Resolve Issues',
  LINK_ISSUES: 'Link Issues',
  ADD_COMMENTS: 'Add Comments',
  EDIT_OWN_COMMENTS: 'Edit Own Comments',
  EDIT_ALL_COMMENTS: 'Edit All Comments',
  CREATE_ATTACHMENTS: 'Create Attachments',
  WORK_ON_ISSUES: 'Work On Issues',
  SCHEDULE_ISSUES: 'Schedule Issues',
  MANAGE_SPRINTS_PERMISSION: 'Manage Sprints',
  VIEW_VOTERS_AND_WATCHERS: 'View Voters and Watchers',
  MANAGE_WATCHERS: 'Manage Watchers',
  USER_PICKER: 'Browse Users',
  MODIFY_REPORTER: 'Modify Reporter',
} as const;

export type Permission = keyof typeof permissionNames;

/** Held on the whole site, not in a project. */
export const globalPermissions: Permission[] = ['ADMINISTER', 'USER_PICKER'];

/** Throws a `Refusal` with 403 and this sentence for who may not. */
export function requirePermission(site: JiraSite, permission: Permission, sentence: string): void {
  if (!site.may(permission)) throw new Refusal(403, sentence);
}
