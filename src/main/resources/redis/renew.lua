-- Lengthens a lease that is still the caller's.
--
-- KEYS[1] lease    ARGV[1] token    ARGV[2] lifetime in milliseconds
-- Returns 1 if it was, else 0.
local held = redis.call('GET', KEYS[1])
if held and string.sub(held, 1, #ARGV[1] + 1) == ARGV[1] .. '|' then
  return redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 0
