"""The plan of each cluster to cdk8s Apps and back to plain objects, with what users add to them."""
