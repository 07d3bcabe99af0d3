#!/bin/sh
# Brings Argo CD, and the one Application that brings all others.
set -eu
cd "$(dirname -- "$0")/../.."

echo argocd
kubectl apply --server-side --field-manager argocd-controller --force-conflicts --filename apps/argocd/manifests/namespace_argocd.yaml
helm template argocd argo-cd --repo https://argoproj.github.io/argo-helm --version 10.1.1 --namespace argocd --no-hooks --include-crds --kube-version 1.35 --api-versions monitoring.coreos.com/v1 --api-versions monitoring.coreos.com/v1/ServiceMonitor --api-versions monitoring.coreos.com/v1/PodMonitor --api-versions monitoring.coreos.com/v1/PrometheusRule --values apps/argocd/values.yaml \
  | kubectl apply --server-side --field-manager argocd-controller --force-conflicts --namespace argocd --filename -
kubectl apply --server-side --field-manager argocd-controller --force-conflicts --recursive --namespace argocd --filename apps/argocd/manifests
for one in $(kubectl --namespace argocd get deployment,statefulset --output name); do
  kubectl --namespace argocd rollout status --timeout 600s "$one"
done

kubectl apply --server-side --field-manager argocd-controller --force-conflicts --filename root.yaml
