/**
 * Outlives its parent by a moment: when the parent's end of the pipe closes — it closed the scratch folder, ended,
 * crashed, or was killed — everything that the folder holds goes. `node keeper.ts <scratch folder>`
 */
import { removeLeftovers } from './leftovers.ts';

const [folder] = process.argv.slice(2);
if (!folder) process.exit(1);

const end = () => removeLeftovers(folder).finally(() => process.exit(0));
process.stdin.once('end', end).once('error', end).resume();
