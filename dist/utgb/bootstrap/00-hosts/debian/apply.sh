#!/bin/sh
# Puts the files of this host into effect: packages, services, what runs at boot.
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install --yes --option Dpkg::Options::=--force-confold conntrack ethtool gdisk haproxy iproute2 iptables keepalived nftables parted socat
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
if grep -qs control-planes /etc/haproxy/haproxy.cfg; then
  systemctl enable haproxy keepalived
  systemctl restart haproxy keepalived
else
  systemctl disable --now haproxy keepalived
fi
for timer in etcd-snapshot kubernetes-renew-certificates; do
  if [ -f "/etc/systemd/system/$timer.timer" ]; then systemctl enable --now "$timer.timer"; fi
done
