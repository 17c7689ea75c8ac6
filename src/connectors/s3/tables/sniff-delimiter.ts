const candidates = [',', ';', '\t', '|'] as const;

/** What separates the fields of a CSV text, judged by its first lines: what is there equally often in each of them. */
export function sniffDelimiter(head: string): string {
  const scores = candidates.map((delimiter) => ({ delimiter, score: score(head, delimiter) }));
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score > 0 ? best.delimiter : ',';
}

function score(head: string, delimiter: string): number {
  const counts = countByLine(head, delimiter).slice(0, 30);
  const usual = mostFrequent(counts.filter((count) => count > 0));
  if (usual === undefined) return 0;
  const share = counts.filter((count) => count === usual).length / counts.length;
  return share + Math.min(usual, 20) / 1000; // of two that are as regular, the one with more fields
}

/** Per line, with those in quotes left out; the last line may be cut and counts only when it is the only one. */
function countByLine(head: string, delimiter: string): number[] {
  const counts: number[] = [];
  let isQuoted = false;
  let count = 0;
  let isEmpty = true;
  for (const char of head) {
    if (char === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (char === delimiter) count++;
    else if (char === '\n') {
      if (!isEmpty) counts.push(count);
      [count, isEmpty] = [0, true];
      continue;
    }
    if (char !== '\r') isEmpty = false;
  }
  return counts.length > 0 ? counts : [count];
}

function mostFrequent(counts: number[]): number | undefined {
  const frequency = new Map<number, number>();
  for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1);
  return [...frequency].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0];
}
