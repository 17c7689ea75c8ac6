import type { JiraData } from '../../jira/jira-data.ts';
import { startOfDay } from '../moment.ts';
import { openRandom } from '../random.ts';
import type { ShopRecords } from '../shop-records.ts';
import { everydayTickets } from './jira-everyday.ts';
import { jiraIssues } from './jira-issues.ts';
import { jiraSite } from './jira-site.ts';
import { jiraSprints } from './jira-sprints.ts';
import { storyTickets } from './jira-story.ts';

/**
 * The shop's Jira over half a year: SHOP (the web shop, in sprints), OPS (incidents, stock) and SUP (customers' requests,
 * which name e-mails, order numbers such as `#4711` and SKUs). Pure: the same records, seed and day give the same tickets.
 */
export function jiraData(
  records: ShopRecords,
  { today, seed = 11 }: { today: Date; seed?: number },
): JiraData {
  const midnight = startOfDay(today);
  const random = openRandom(seed);
  const sprints = jiraSprints(midnight);
  const parts = { records, random, midnight, sprints };
  const { issues, links } = jiraIssues([
    ...everydayTickets(parts),
    ...storyTickets(records, { today, sprints }),
  ]);
  const moved = issues.find(({ key }) => key === 'SHOP-3');
  // The project had another key once; the old one still leads there.
  if (moved) moved.oldKeys.push('WEB-3');
  return { ...structuredClone(jiraSite), sprints, issues, links };
}
