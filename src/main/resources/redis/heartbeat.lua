-- Tells whether the data is what a replica last saw of it, proves that writes work, and reads the clock.
--
-- A generation is the random id of the data. The tide only ever rises: each heartbeat of each replica adds one. No
-- generation means that the data is gone; a tide that is not above the highest that the caller has seen, in the same
-- generation, means that the data is older than it was (a restored snapshot, a fail-over to a replica that lagged). In
-- both cases the data becomes a new generation, so that everybody notices. Another run of the server, or another server,
-- in the same generation may have lost the last moments before it. After each of these, for 30 s (and for another
-- 30 s whenever somebody says that it has still to write back: restore.lua) or until everybody has sent again what they
-- hold (restored.lua), what is not in Redis need not be absent. A caller that knows another generation
-- has something to send, too, also where the others have done so.
--
-- KEYS[1] generation    KEYS[2] tide    KEYS[3] the replicas by the time of their latest heartbeat
-- KEYS[4] the restoration under way: '<generation>|<id>'    KEYS[5] run of the server
-- ARGV[1] '<generation that the caller knows, empty for none>|<highest tide that the caller has seen in it>'
-- ARGV[2] '<fresh random id>|<id of the caller>|<microseconds for which a heartbeat proves that its replica lives>'
--         Few arguments, because a server that wants a password refuses a command of more than ten words as nonsense, and
--         not for want of the password
-- Returns { generation, tide, server time in microseconds, number of replicas that live, '1' if the id of the caller is
-- the lowest of theirs }, all as strings. Generation, tide and run live without TTL.
local time = redis.call('TIME')
local known, highest = string.match(ARGV[1], '^(.*)|(%d+)$')
local fresh, replica, patience = string.match(ARGV[2], '^(.*)|(.*)|(%d+)$')
local generation = redis.call('GET', KEYS[1])
local tide = redis.call('INCR', KEYS[2])
local older = generation == known and tide <= tonumber(highest)
local info = redis.pcall('INFO', 'server')
local run = type(info) == 'string' and string.match(info, 'run_id:(%w+)') or ''
local interrupted = redis.call('GET', KEYS[5]) ~= run
if not generation or older then
  generation = fresh
  redis.call('SET', KEYS[1], generation)
  interrupted = true
end
if interrupted then
  redis.call('SET', KEYS[5], run)
  redis.call('SET', KEYS[4], generation .. '|' .. fresh, 'PX', 30000)
elseif known ~= '' and known ~= generation then
  redis.call('SET', KEYS[4], generation .. '|' .. fresh, 'PX', 30000, 'NX')
end
local now = time[1] * 1000000 + time[2]
redis.call('ZADD', KEYS[3], string.format('%.0f', now), replica)
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', string.format('(%.0f', now - patience))
redis.call('PEXPIRE', KEYS[3], math.ceil(patience / 1000))
local lowest, replicas = '1', redis.call('ZRANGE', KEYS[3], 0, -1)
for _, other in ipairs(replicas) do
  if other < replica then
    lowest = '0'
  end
end
return { generation, string.format('%.0f', tide), string.format('%.0f', now), tostring(#replicas), lowest }
