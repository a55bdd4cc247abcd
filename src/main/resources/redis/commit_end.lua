end

local answer, changed = change(), {}
for i = 1, #kept do
  local k = kept[i]
  k[4] = image(k[1], k[2])
  if k[4] ~= k[3] then changed[#changed + 1] = k end
end
-- longer than any process waits for its server before it gives up
if #changed > 0 then redis.call('SET', note, cmsgpack.pack(changed), 'PX', 3600000) end
return answer
