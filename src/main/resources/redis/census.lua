-- Looks at some keys by chance, ours and those of others. Without KEYS and SCAN.
--
-- KEYS none    ARGV[1] how many to look at
-- Returns { number of keys in the database, key, ... }; some keys perhaps more than once.
local seen = { redis.call('DBSIZE') }
for _ = 1, tonumber(ARGV[1]) do
  seen[#seen + 1] = redis.call('RANDOMKEY') or nil
end
return seen
