import { addComment } from './add-comment.ts';
import { createIssue } from './create-issue.ts';
import { transitionIssue } from './transition-issue.ts';
import { updateIssue } from './update-issue.ts';

/** What changes issues. A process of which nothing may be written does not load them, nor a parser of Markdown. */
export const writingTools = [createIssue, updateIssue, addComment, transitionIssue];
