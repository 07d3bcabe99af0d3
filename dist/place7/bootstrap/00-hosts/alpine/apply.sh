#!/bin/sh
# Puts the files of this host into effect on Alpine Linux: packages, services, what runs at boot.
set -eu
# kubeadm, kubelet and kubectl lie in the repository `community`, which must be switched on.
apk add chrony conntrack-tools containerd containerd-openrc cri-tools ethtool ip6tables iproute2 iptables lsblk nftables sgdisk socat util-linux wipefs xfsprogs 'kubeadm~1.35' 'kubelet~1.35' 'kubectl~1.35' kubelet-openrc
# One hierarchy of cgroups, which the kubelet wants.
sed -i 's/^#* *rc_cgroup_mode=.*/rc_cgroup_mode="unified"/' /etc/rc.conf
rc-update add cgroups boot
rc-service cgroups start
swapoff -a
cat /etc/modules-load.d/kubernetes.conf /etc/modules-load.d/ceph.conf 2>/dev/null | while read -r module; do
  modprobe "$module"
done
for file in /etc/sysctl.d/9[01]-*.conf; do sysctl -q -p "$file"; done
rc-update add modules boot
rc-update add sysctl boot
rc-update add kubernetes-firewall boot
rc-update add kubernetes-host default
rc-update add chronyd default
rc-update add containerd default
nft -c -f /etc/nftables.d/kubernetes.nft
rc-service kubernetes-firewall restart
rc-service kubernetes-host restart
rc-service chronyd restart
rc-service containerd restart
for line in /etc/crontabs.d/*; do
  [ -f "$line" ] || continue
  command=$(awk '{ print $NF }' "$line")
  { grep -v -F "$command" /etc/crontabs/root || true; cat "$line"; } > /etc/crontabs/root.new
  mv /etc/crontabs/root.new /etc/crontabs/root
done
rc-update add crond default
rc-service crond restart
rc-update add kubelet default
# A root in memory has only now got its kubelet, after the runlevel that would have started it.
if [ -f /var/lib/kubelet/config.yaml ]; then rc-service kubelet start; fi
