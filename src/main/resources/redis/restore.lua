-- Says that a replica has something to write back: begins a restoration, or keeps the one under way for another 30 s.
--
-- KEYS[1] restoration under way: '<generation>|<id>'    KEYS[2] who has sent again what it holds, in which restoration
-- ARGV[1] generation    ARGV[2] a fresh random id    ARGV[3] id of the replica
-- Returns 1 if this began it, else 0.
local restoration = redis.call('GET', KEYS[1])
if not restoration then
  redis.call('SET', KEYS[1], ARGV[1] .. '|' .. ARGV[2], 'PX', 30000)
  return 1
end
if string.sub(restoration, 1, #ARGV[1] + 1) == ARGV[1] .. '|' then
  redis.call('PEXPIRE', KEYS[1], 30000)
  redis.call('SREM', KEYS[2], restoration .. '|' .. ARGV[3])
end
return 0
