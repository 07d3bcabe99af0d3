#!/bin/sh
# Says of everything that a host must have whether it is there: check.sh NODE
# The exit code is 1 where something is not.
set -eu
node=${1:?usage: NODE}
case $node in
  node3) os=ubuntu addresses=192.168.1.13 ;;
  node4) os=ubuntu addresses=192.168.1.14 ;;
  node5) os=ubuntu addresses=192.168.1.15 ;;
  node6) os=ubuntu addresses=192.168.1.16 ;;
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
check "net.ipv4.ip_forward is 1" test "$(sysctl -n net.ipv4.ip_forward 2>/dev/null)" = 1
if [ "$os" = alpine ]; then
  for directory in /sys /run /var/lib/kubelet; do
    shared="grep ' $directory ' /proc/self/mountinfo | grep -q shared:"
    check "$directory is a shared mount" sh -c "$shared"
  done
fi
check "the firewall" nft list table inet trimtab_host
if [ -f /etc/kubernetes/kubelet.conf ]; then
  check "kube-proxy's rules of IPv4" sh -c "iptables-save -t nat | grep -q KUBE-SERVICES || nft list table ip nat | grep -q KUBE-SERVICES"
fi
exit $wrong
