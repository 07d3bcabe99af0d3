"""The door to the one system call that lets two folders change names at once."""

from __future__ import annotations

import ctypes
import errno
import os
from functools import cache
from pathlib import Path
from typing import Any

from trimtab.doors.disk_errors import outside_error

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
"""Source: renameat2(2) and linux/fs.h; glibc has had the call since 2.28, musl since 1.2.6."""

_CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})
"""What a kernel, a sandbox or a file system says that does not know the exchange. Source: renameat2(2)."""


def exchange_folders(one: Path, other: Path) -> bool:
    """Let two folders change names in one step that no kill can divide.

    Returns:
        Whether the system could; when not, nothing has changed.

    Raises:
        OutsideError: the system knows the exchange, and refused it.
    """
    call = _renameat2()
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise outside_error(OSError(number, os.strerror(number)), "exchange", other)


@cache
def _renameat2() -> Any:
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, TypeError, AttributeError):
        return None
    call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    return call
