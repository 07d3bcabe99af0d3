"""What Argo CD is told of health: of Applications, so that waves wait; of Ceph, so that a warning does not stop them.

Both are Lua programs: `obj` is the object, what they return has a status (Healthy, Progressing, Degraded, Suspended,
Missing or Unknown) and a message. Argo CD runs them with Lua 5.1, without the libraries for text, files and processes.
"""

from __future__ import annotations

APPLICATION = """\
local function verdict(status, message)
  return {status = status, message = message or ""}
end

-- What Go leaves out when it writes an object.
local function is_blank(value)
  if value == nil or value == "" or value == false or value == 0 then return true end
  if type(value) ~= "table" then return false end
  for _, inner in pairs(value) do
    if not is_blank(inner) then return false end
  end
  return true
end

local function is_same(one, other)
  if is_blank(one) and is_blank(other) then return true end
  if type(one) ~= "table" or type(other) ~= "table" then return one == other end
  for key, inner in pairs(one) do
    if not is_same(inner, other[key]) then return false end
  end
  for key, inner in pairs(other) do
    if one[key] == nil and not is_blank(inner) then return false end
  end
  return true
end

local status, spec = obj.status, obj.spec
if status == nil or status.health == nil or status.sync == nil
    or is_blank(status.health.status) or is_blank(status.sync.status) then
  return verdict("Progressing", "not looked at yet")
end

-- A sync that is wanted or runs: what stands in the status is older.
local operation = status.operationState
if obj.operation ~= nil then return verdict("Progressing", "a sync is wanted") end
if operation ~= nil then
  if operation.phase == "Running" or operation.phase == "Terminating" then
    return verdict("Progressing", "the sync is " .. operation.phase)
  end
  local finished, looked = operation.finishedAt, status.reconciledAt
  if finished ~= nil and (looked == nil or looked < finished) then
    return verdict("Progressing", "not looked at since the last sync")
  end
end

-- A verdict on another spec than today's. A hydrated Application is compared with what was hydrated.
local compared = status.sync.comparedTo or {}
if spec.sourceHydrator == nil then
  local several = not is_blank(spec.sources)
  local same = is_same(several and spec.sources or spec.source, several and compared.sources or compared.source)
  if not same or not is_same(spec.destination, compared.destination) then
    return verdict("Progressing", "the spec of now has not been compared yet")
  end
end

-- What does not mend itself. The sync of the parent fails on it, and its next try takes up a newer commit.
local broken = {InvalidSpecError = true, ComparisonError = true, SyncError = true, UnknownError = true}
for _, condition in ipairs(status.conditions or {}) do
  if broken[condition.type] then
    return verdict("Degraded", condition.type .. ": " .. (condition.message or ""))
  end
end

-- Missing objects do not count in the health since Argo CD 3.4, and hooks never did: only a sync brings both. Where
-- nobody starts syncs but people, waiting for one would hold back everything else.
local automated = spec.syncPolicy ~= nil and spec.syncPolicy.automated or nil
if automated ~= nil and automated.enabled ~= false then
  if status.sync.status ~= "Synced" then
    return verdict("Progressing", "the sync status is " .. status.sync.status)
  end
  local result = operation ~= nil and operation.syncResult or nil
  local failed = operation ~= nil and (operation.phase == "Failed" or operation.phase == "Error")
  for _, one in ipairs(failed and result and result.resources or {}) do
    if not is_blank(one.hookType) and (one.hookPhase == "Failed" or one.hookPhase == "Error") then
      return verdict("Degraded", "the hook " .. (one.name or "") .. " failed: " .. (one.message or ""))
    end
  end
end
return verdict(status.health.status, status.health.message)
"""
"""Health of `argoproj.io/Application`: without it, waves between Applications order nothing but their creation.

Argo CD has none of its own since 1.8, and the one it documents passes verdicts on an older spec and failed syncs as
healthy (argo-cd issues 4669, 5585, 27917).
"""

CEPH_CLUSTER = """\
local status = obj.status or {}
local ceph = status.ceph or {}
local words = ceph.health or "no word of Ceph's health yet"
local codes = {}
for code in pairs(ceph.details or {}) do table.insert(codes, code) end
table.sort(codes)
for _, code in ipairs(codes) do
  words = words .. "; " .. code .. ": " .. (ceph.details[code].message or "")
end
if not (status.message == nil or status.message == "") then
  words = words .. "; Rook: " .. status.message
end

local verdict = "Progressing"
if ceph.health == "HEALTH_ERR" or status.state == "Error" then
  verdict = "Degraded"
elseif (ceph.health == "HEALTH_OK" or ceph.health == "HEALTH_WARN")
    and (status.state == "Created" or status.state == "Connected") then
  verdict = "Healthy"
end
return {status = verdict, message = words}
"""
"""Health of `ceph.rook.io/CephCluster`: a warning is told, and stops nobody.

Since 3.3 Argo CD calls HEALTH_WARN Degraded, which fails the sync of the parent; Ceph warns about a full log, a slow
answer, a node that restarts (argo-cd pull request 24111). The states are Rook's (pkg/apis/ceph.rook.io/v1/types.go).
"""

TIGERA = """\
local status = obj.status or {}
local ready, words = status.state == "Ready", "the operator has said nothing yet"
for _, condition in ipairs(status.conditions or {}) do
  if condition.type == "Ready" and condition.status == "True" then ready = true end
  if condition.status == "True" and (condition.type == "Degraded" or condition.type == "Progressing") then
    words = condition.type .. ": " .. (condition.message or "")
  end
end
if ready then return {status = "Healthy", message = ""} end
return {status = "Progressing", message = words}
"""
"""Health of `operator.tigera.io/Installation` and `APIServer`: ready when the operator says so, else not yet.

Argo CD has none, so that what needs the network, or Calico's own API server, would start at once. Never Degraded: the
operator calls itself so while it waits for its first pods, and that would fail the sync of the parent
(tigera/operator v1.42.3 api/v1/tigerastatus.go, the condition types Ready, Progressing and Degraded).
"""
