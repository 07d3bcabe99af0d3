#!/bin/sh
# Brings the pod network, which Argo CD needs before it can bring anything.
# Helm's hooks are left out: one of them removes the network when it is taken for an ordinary Job.
set -eu
cd "$(dirname -- "$0")/../.."

echo calico-crds
helm template calico-crds oci://quay.io/calico/charts/crd.projectcalico.org.v1 --version v3.32.1 --namespace tigera-operator --no-hooks --include-crds --kube-version 1.35 --values apps/calico-crds/values.yaml \
  | kubectl apply --server-side --field-manager argocd-controller --force-conflicts --namespace tigera-operator --filename -
kubectl wait --for condition=established --timeout 120s customresourcedefinition --all

echo calico-operator
kubectl apply --server-side --field-manager argocd-controller --force-conflicts --filename apps/calico-operator/manifests/namespace_tigera-operator.yaml
helm template calico oci://quay.io/calico/charts/tigera-operator --version v3.32.1 --namespace tigera-operator --no-hooks --include-crds --kube-version 1.35 --values apps/calico-operator/values.yaml \
  | kubectl apply --server-side --field-manager argocd-controller --force-conflicts --namespace tigera-operator --filename -
kubectl apply --server-side --field-manager argocd-controller --force-conflicts --recursive --namespace tigera-operator --filename apps/calico-operator/manifests
kubectl wait --for condition=established --timeout 120s customresourcedefinition --all
kubectl --namespace tigera-operator rollout status deployment tigera-operator

echo calico
kubectl apply --server-side --field-manager argocd-controller --force-conflicts --recursive --namespace tigera-operator --filename apps/calico/manifests
until kubectl get tigerastatus calico apiserver >/dev/null 2>&1; do sleep 5; done
kubectl wait --for condition=Available --timeout 600s tigerastatus calico apiserver

echo calico-config
kubectl apply --server-side --field-manager argocd-controller --force-conflicts --recursive --namespace calico-system --filename apps/calico-config/manifests

kubectl wait --for condition=Ready --timeout 600s node --all
