/**
 * The Lua scripts of a thread. Each runs whole or not at all, and may be sent twice: ioredis sends a command
 * again when the connection broke before its answer came.
 *
 * Keys of a thread share the hash tag `{team:channel:thread}`, so that all of them live on one Cluster node.
 */

/** How long a thread is remembered after its last use: 30 days. */
const keep = `
local function keep(...)
  for _, key in ipairs({...}) do redis.call('PEXPIRE', key, 2592000000) end
end
`;

const owned = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'FENCED' end
`;

/**
 * Decides and stores. A follow-up counts only from somebody who asked in this thread before, and that is
 * decided before anything is marked seen: else the other delivery of a mention would be swallowed.
 *
 * KEYS seen inbox meta askers · ARGV now kind user question identity…
 */
export const accept = `${keep}
local seen, inbox, meta, askers = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local now = tonumber(ARGV[1])
if ARGV[2] == 'follow-up' and redis.call('SISMEMBER', askers, ARGV[3]) == 0 then return 'ignored' end
for i = 5, #ARGV do
  if redis.call('ZSCORE', seen, ARGV[i]) then return 'duplicate' end
end
for i = 5, #ARGV do redis.call('ZADD', seen, now, ARGV[i]) end
redis.call('ZREMRANGEBYSCORE', seen, '-inf', now - 172800000)
redis.call('SADD', askers, ARGV[3])
redis.call('RPUSH', inbox, ARGV[4])
redis.call('HINCRBY', meta, 'accepted', 1)
keep(seen, inbox, meta, askers)
return 'accepted'
`;

/** KEYS lease meta · ARGV owner ttl → {1, fence} or {0, milliseconds until the lease ends} */
export const claim = `${keep}
local holder = redis.call('GET', KEYS[1])
if holder == ARGV[1] then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return {1, tonumber(redis.call('HGET', KEYS[2], 'fence'))}
end
if holder then return {0, redis.call('PTTL', KEYS[1])} end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
local fence = redis.call('HINCRBY', KEYS[2], 'fence', 1)
keep(KEYS[2])
return {1, fence}
`;

/** KEYS lease · ARGV owner ttl */
export const renew = `${owned}
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 'OK'
`;

/** KEYS lease run · ARGV owner runId (or empty) */
export const release = `${owned}
redis.call('DEL', KEYS[1])
if ARGV[2] ~= '' and redis.call('HGET', KEYS[2], 'id') == ARGV[2] then redis.call('HSET', KEYS[2], 'fence', 'handed over') end
return 'OK'
`;

/**
 * Goes on with the unfinished run, else begins one for the oldest question, else gives nothing.
 *
 * KEYS lease meta run inbox turn · ARGV owner fence runId now → {run fields, turn, seenUpTo} or false
 */
export const begin = `${keep}${owned}
local meta, run, inbox, turn = KEYS[2], KEYS[3], KEYS[4], KEYS[5]
if redis.call('EXISTS', run) == 0 then
  local question = redis.call('LINDEX', inbox, 0)
  if not question then return false end
  redis.call('HSET', run, 'id', ARGV[3], 'question', question, 'startedAt', ARGV[4], 'fence', ARGV[2], 'takeovers', 0)
  redis.call('DEL', turn)
else
  local before = redis.call('HGET', run, 'fence')
  if before ~= ARGV[2] and before ~= 'handed over' then redis.call('HINCRBY', run, 'takeovers', 1) end
  redis.call('HSET', run, 'fence', ARGV[2])
end
keep(run, inbox)
return {redis.call('HGETALL', run), redis.call('LRANGE', turn, 0, -1), redis.call('HGET', meta, 'seenUpTo')}
`;

/** KEYS lease run · ARGV owner runId field value (empty: remove the field) */
export const saveField = `${owned}
if redis.call('HGET', KEYS[2], 'id') ~= ARGV[2] then return 'FENCED' end
if ARGV[4] == '' then redis.call('HDEL', KEYS[2], ARGV[3]) else redis.call('HSET', KEYS[2], ARGV[3], ARGV[4]) end
return 'OK'
`;

/** Appends finished messages. KEYS lease run turn · ARGV owner runId lengthBefore message… */
export const checkpoint = `${keep}${owned}
if redis.call('HGET', KEYS[2], 'id') ~= ARGV[2] then return 'FENCED' end
if redis.call('LLEN', KEYS[3]) > tonumber(ARGV[3]) then return 'OK' end
for i = 4, #ARGV do redis.call('RPUSH', KEYS[3], ARGV[i]) end
keep(KEYS[3])
return 'OK'
`;

/** Ends a run. KEYS lease meta run inbox turn transcript askers · ARGV owner runId seenUpTo refusedUser message… */
export const commit = `${keep}${owned}
local meta, run, inbox, turn, transcript = KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
if redis.call('HGET', meta, 'lastRun') == ARGV[2] then return 'OK' end
if redis.call('HGET', run, 'id') ~= ARGV[2] then return 'FENCED' end
redis.call('LPOP', inbox)
if ARGV[4] ~= '' then redis.call('SREM', KEYS[7], ARGV[4]) end
for i = 5, #ARGV do redis.call('RPUSH', transcript, ARGV[i]) end
redis.call('DEL', run, turn)
redis.call('HSET', meta, 'lastRun', ARGV[2])
if tonumber(ARGV[3]) > tonumber(redis.call('HGET', meta, 'seenUpTo') or '0') then redis.call('HSET', meta, 'seenUpTo', ARGV[3]) end
keep(meta, transcript, KEYS[4])
return 'OK'
`;

/** What the sweeper needs. KEYS lease meta run inbox → {milliseconds left of the lease, work to do, fence} */
export const inspect = `
local work = redis.call('EXISTS', KEYS[3]) + redis.call('LLEN', KEYS[4])
return {redis.call('PTTL', KEYS[1]), work, tonumber(redis.call('HGET', KEYS[2], 'fence') or '0')}
`;

/** Forgets an idle thread, unless it was marked again meanwhile. KEYS live · ARGV session scoreSeen */
export const forget = `
if redis.call('ZSCORE', KEYS[1], ARGV[1]) == ARGV[2] then redis.call('ZREM', KEYS[1], ARGV[1]) end
return 'OK'
`;
