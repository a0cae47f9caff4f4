-- Notes that a replica has sent again what it holds, and ends the restoration when all have.
--
-- KEYS[1] restoration under way: '<generation>|<id>'    KEYS[2] the replicas by their latest heartbeat
-- KEYS[3] who has done so, in which restoration
-- ARGV[1] generation into which it did    ARGV[2] id of the replica
-- ARGV[3] number of replicas that it knows of: the others may not have noticed yet that there is something to restore
-- Returns 1 if nobody is waited for any more, else 0.
local restoration = redis.call('GET', KEYS[1])
if not restoration then
  return 1
end
if string.sub(restoration, 1, #ARGV[1] + 1) ~= ARGV[1] .. '|' then
  return 0
end
redis.call('SADD', KEYS[3], restoration .. '|' .. ARGV[2])
redis.call('PEXPIRE', KEYS[3], 60000)
local replicas = redis.call('ZRANGE', KEYS[2], 0, -1)
if #replicas < tonumber(ARGV[3]) then
  return 0
end
for _, replica in ipairs(replicas) do
  if redis.call('SISMEMBER', KEYS[3], restoration .. '|' .. replica) == 0 then
    return 0
  end
end
redis.call('DEL', KEYS[1], KEYS[3])
return 1
