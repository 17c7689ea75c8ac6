/** `npm run fuzz [-- <count> <seed>]`: hunts for statements that pass the guard and do more than read. */
import { corpus } from './corpora.ts';
import { hunt } from './hunt.ts';

const [count = 200_000, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number);
const say = (line: string) => process.stdout.write(`${line}\n`);
say(`${count} mutants; to repeat: npm run fuzz -- ${count} ${seed}`);
const begun = performance.now();
let told = 0;
const { made, allowed, answered, hits } = await hunt({
  corpus,
  seed,
  count,
  onBatch({ made, hits }) {
    if (made - told < 20_000) return;
    told = made;
    say(`${made} made, ${hits.length} hits`);
  },
});
for (const { sql, effects } of hits) say(`${JSON.stringify(sql)}\n  ${effects.join('\n  ')}`);
const seconds = Math.round((performance.now() - begun) / 1000);
say(`${made} made, ${allowed} allowed, ${answered} answered, ${hits.length} hits, ${seconds} s`);
process.exitCode = hits.length > 0 ? 1 : 0;
