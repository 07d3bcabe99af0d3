#!/bin/sh
# Shows the disks of server4 that Ceph is to take, and wipes the ones named after --wipe:
# disks.sh; disks.sh --wipe sdb
set -eu
known=/dev/sdb
if [ $# -eq 0 ]; then
  for disk in $known; do
    lsblk -o NAME,SIZE,TYPE,FSTYPE,MOUNTPOINT,SERIAL "$disk" || echo "$disk: not there"
    found=$(wipefs --no-act "$disk") || continue
    [ -z "$found" ] || echo "$found"
    if [ -n "$found" ]; then echo "$disk: NOT blank, Ceph passes it over"; else echo "$disk: blank"; fi
  done
  exit 0
fi
if [ "$1" != --wipe ] || [ $# -lt 2 ]; then echo 'usage: disks.sh [--wipe DISK...]' >&2; exit 2; fi
shift
for name in "$@"; do
  case $name in /*) disk=$name ;; *) disk=/dev/$name ;; esac
  case " $known " in *" $disk "*) ;; *) echo "$disk is none of: $known" >&2; exit 2 ;; esac
  if lsblk -n -o TYPE "$disk" | grep -qvE "^(disk|part)$"; then
    echo "$disk is held by LVM, RAID or encryption" >&2; exit 1
  fi
  if lsblk -n -o MOUNTPOINT "$disk" | grep -q .; then echo "$disk is in use" >&2; exit 1; fi
  wipefs --all "$disk"
  # Ceph's own label lies in the first megabytes, and copies of it further up.
  for gigabyte in 0 1 10 100 1000; do
    dd if=/dev/zero of="$disk" bs=1M count=100 seek=$((gigabyte * 1024)) conv=fsync 2>/dev/null || true
  done
  blkdiscard "$disk" 2>/dev/null || true
  partprobe "$disk" 2>/dev/null || true
  echo "$disk: wiped"
done
