"""Rules on what changed since an earlier revision: versions, ranges, and fields of objects."""
