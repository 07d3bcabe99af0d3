"""The forms of texts that Kubernetes reads as something else: times, bytes; a quantity's stands with quantities.

The patterns are such that Python and the schema engine read them alike.
"""

from __future__ import annotations

import re

from trimtab.plan.quantities import QUANTITY

TIME = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})$"
"""Source: RFC 3339 as apimachinery pkg/apis/meta/v1/time.go reads it."""

BYTES = (
    r"^[\r\n]*(?:(?:[A-Za-z0-9+/][\r\n]*){4})*"
    r"(?:(?:[A-Za-z0-9+/][\r\n]*){2}=[\r\n]*=|(?:[A-Za-z0-9+/][\r\n]*){3}=)?[\r\n]*$"
)
"""Source: Go's encoding/base64, StdEncoding, which encoding/json uses for bytes: padding is needed, line ends do not
count."""

INT32 = (-(2**31), 2**31 - 1)
INT64 = (-(2**63), 2**63 - 1)

PATTERNS = {"quantity": re.compile(QUANTITY), "time": re.compile(TIME), "bytes": re.compile(BYTES)}
