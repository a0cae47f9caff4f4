-- Raises what one process has counted of one category.
--
-- Totals are whole numbers between blanks, each of which only ever rises; so the sum of them says which of two is later.
-- A repeated or late write changes nothing.
--
-- KEYS[1] the category's statistics
-- ARGV[1] epoch: the random id of the process    ARGV[2] its totals since its start
-- Returns 1 if they were raised, else 0. The key lives without TTL.
local function sum(totals)
  local all = 0
  for number in string.gmatch(totals, '%d+') do
    all = all + tonumber(number)
  end
  return all
end
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known and sum(known) >= sum(ARGV[2]) then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
