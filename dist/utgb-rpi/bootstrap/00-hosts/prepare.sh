#!/bin/sh
# Puts the files of a host in place and into effect: prepare.sh NODE [ROOT]
# With ROOT, the top of an image that is to be booted later, the files are put there and nothing is started.
# It can be run again at any time.
set -eu
here=$(CDPATH="" cd -- "$(dirname -- "$0")" && pwd)
node=${1:?usage: NODE}
case $node in
  rpi-master1) os=raspbian role=control-plane ;;
  rpi-worker1) os=raspbian role=worker ;;
  rpi-worker2) os=raspbian role=worker ;;
  *) echo "this cluster has no node $node" >&2; exit 2 ;;
esac
root=${2:-}
for layer in all "$os" "$role" "nodes/$node"; do
  [ -d "$here/$layer/files" ] || continue
  ( cd "$here/$layer/files" && find . -type f ) | while IFS= read -r file; do
    case $file in
      ./usr/local/sbin/* | ./etc/init.d/* | ./etc/periodic/*) mode=0755 ;;
      *) mode=0644 ;;
    esac
    mkdir -p "$root/$(dirname "${file#./}")"
    install -m "$mode" "$here/$layer/files/$file" "$root/${file#./}"
  done
done
if [ -z "$root" ]; then sh "$here/$os/apply.sh"; fi
