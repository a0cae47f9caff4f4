-- Ends a lease that is still the caller's, without an entry.
--
-- KEYS[1] lease    ARGV[1] token
-- ARGV[2] milliseconds for which the others learn that the result is not kept, and load for themselves;
--         '0' hands the lease over: the first who looks takes it
-- Returns 1 if it was, else 0.
local held = redis.call('GET', KEYS[1])
if not held or string.sub(held, 1, #ARGV[1] + 1) ~= ARGV[1] .. '|' then
  return 0
end
if ARGV[2] == '0' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], 'none', 'PX', ARGV[2])
end
return 1
