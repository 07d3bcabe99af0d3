#!/bin/sh
# Says of everything that a host must have whether it is there: check.sh NODE
# The exit code is 1 where something is not.
set -eu
node=${1:?usage: NODE}
case $node in
  server1) os=alpine addresses=2a0a:e5c0:13:0:225:b3ff:fe20:3554 ;;
  server2) os=alpine addresses=2a0a:e5c0:13:0:225:b3ff:fe20:38cc ;;
  server3) os=alpine addresses=2a0a:e5c0:13:0:224:81ff:fee0:db7a ;;
  server4) os=alpine addresses=2a0a:e5c0:13:0:225:b3ff:fe20:3564 ;;
  *) echo "this cluster has no node $node" >&2; exit 2 ;;
esac
wrong=0
check() {
  what=$1
  shift
  if "$@" >/dev/null 2>&1; then echo "ok     $what"; else echo "WRONG  $what"; wrong=1; fi
}
for address in $addresses; do
  check "the address $address" sh -c "ip -o address show to $address | grep -q ."
done
for module in $(cat /etc/modules-load.d/kubernetes.conf /etc/modules-load.d/ceph.conf 2>/dev/null); do
  there="test -d /sys/module/$module || modinfo -F filename $module | grep -q builtin"
  check "the module $module" sh -c "$there"
done
check "fs.inotify.max_user_instances is 8192" test "$(sysctl -n fs.inotify.max_user_instances 2>/dev/null)" = 8192
check "fs.inotify.max_user_watches is 524288" test "$(sysctl -n fs.inotify.max_user_watches 2>/dev/null)" = 524288
check "net.bridge.bridge-nf-call-ip6tables is 1" test "$(sysctl -n net.bridge.bridge-nf-call-ip6tables 2>/dev/null)" = 1
check "net.bridge.bridge-nf-call-iptables is 1" test "$(sysctl -n net.bridge.bridge-nf-call-iptables 2>/dev/null)" = 1
check "net.ipv6.conf.all.forwarding is 1" test "$(sysctl -n net.ipv6.conf.all.forwarding 2>/dev/null)" = 1
check "net.ipv6.conf.default.accept_ra is 2" test "$(sysctl -n net.ipv6.conf.default.accept_ra 2>/dev/null)" = 2
check "net.ipv6.conf.default.forwarding is 1" test "$(sysctl -n net.ipv6.conf.default.forwarding 2>/dev/null)" = 1
if [ "$os" = alpine ]; then
  for directory in /sys /run /var/lib/kubelet; do
    shared="grep ' $directory ' /proc/self/mountinfo | grep -q shared:"
    check "$directory is a shared mount" sh -c "$shared"
  done
fi
check "the firewall" nft list table inet trimtab_host
check "the clock is kept" chronyc waitsync 1 0.05
check "containerd answers" ctr version
check "containerd's registries" grep -q certs.d /etc/containerd/config.toml
check "no swap" sh -c "! swapon --noheadings 2>/dev/null | grep -q ."
if [ -f /etc/kubernetes/kubelet.conf ]; then
  check "kube-proxy's rules of IPv6" sh -c "ip6tables-save -t nat | grep -q KUBE-SERVICES || nft list table ip6 nat | grep -q KUBE-SERVICES"
fi
exit $wrong
