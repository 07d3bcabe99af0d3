#!/bin/sh
# Puts the files of this host into effect: packages, services, what runs at boot.
set -eu
line=/boot/firmware/cmdline.txt
[ -f "$line" ] || line=/boot/cmdline.txt
if ! grep -q cgroup_enable=memory "$line"; then
  sed -i '1s/$/ cgroup_enable=cpuset cgroup_enable=memory cgroup_memory=1/' "$line"
  echo 'apply.sh: restart this host once, for the memory controller' >&2
fi
if systemctl list-unit-files dphys-swapfile.service | grep -q dphys; then
  systemctl disable --now dphys-swapfile
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install --yes --option Dpkg::Options::=--force-confold conntrack ethtool gdisk iproute2 iptables nftables parted socat
# Two firewalls are one too many: ufw's own rules dropped neighbour discovery.
if command -v ufw >/dev/null; then ufw disable; fi
swapoff -a
sed -i '/[[:space:]]swap[[:space:]]/s/^[^#]/#&/' /etc/fstab
cat /etc/modules-load.d/kubernetes.conf /etc/modules-load.d/ceph.conf 2>/dev/null | while read -r module; do
  modprobe "$module"
done
for file in /etc/sysctl.d/9[01]-*.conf; do sysctl -q -p "$file"; done
systemctl daemon-reload
nft -c -f /etc/nftables.d/kubernetes.nft
systemctl enable kubernetes-firewall kubernetes-host
systemctl restart kubernetes-firewall kubernetes-host
for timer in etcd-snapshot kubernetes-renew-certificates; do
  if [ -f "/etc/systemd/system/$timer.timer" ]; then systemctl enable --now "$timer.timer"; fi
done
