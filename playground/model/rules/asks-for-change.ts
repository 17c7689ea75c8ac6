const verbs =
  'delete|remove|erase|wipe|drop|insert|add(?! up)|update(?! (?:me|us)\\b)|change|modify|edit|set|truncate|alter|create|rename|replace|overwrite|grant|revoke|import|write';

/** What may stand before a verb that tells us to do something. */
const opening =
  '(?:please|pls|kindly|now|then|and|also|just|ok|okay|hey|hi|hello|can|could|would|will|should|must|you|i|we|want|need|like|to|let|lets|let.s|us|me|go|ahead|try)[\\s,]+';

const command = new RegExp(
  `(?:^|[.;:!?,()"'-]\\s*|\\b(?:and|then)\\s+)(?:${opening})*(?:${verbs})\\b`,
);
const statement =
  /\b(?:drop|truncate|alter|create|rename)\s+(?:table|database|schema|view|index|user)\b|\bdelete\s+from\b|\binsert\s+into\b|\bupdate\s+\S{1,80}\s+set\b|\b(?:grant|revoke)\s+\w+/;

/** Whether somebody wants data changed: "please delete all orders", "DROP TABLE users". `text` is lower case. */
export const asksForChange = (text: string): boolean => command.test(text) || statement.test(text);
