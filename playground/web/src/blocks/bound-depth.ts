/** More signs than that in front of a line have no place in anything a person reads, and parsers take minutes for thousands. */
const maxDepth = 12;

/** Signs of quotes and lists in front of a line, as Markdown and Slack's mrkdwn have them. */
const marks = /^[ \t]*(?:(?:>|&gt;|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*)+/gm;
const mark = />|&gt;|[-*+]|\d+[.)]/g;

/** The text with at most 12 quotes and lists within each other; the rest of their signs is gone. */
export function boundDepth(text: string): string {
  return text.replaceAll(marks, (start) => {
    const thirteenth = [...start.matchAll(mark)].at(maxDepth);
    return thirteenth ? start.slice(0, thirteenth.index) : start;
  });
}
