"""Work that several threads ask for and that is done once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Once(Generic[Key, Value]):
    """Results by key; who asks while another thread is at it waits, and gets the same result or the same error."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._locks: dict[Key, threading.Lock] = {}
        self._values: dict[Key, Value | Exception] = {}

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """Give the result for a key, made by the first who asks.

        Raises:
            Exception: What `make` raised, to everybody who asks.
        """
        with self._lock:
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            if key not in self._values:
                try:
                    self._values[key] = make()
                except Exception as error:  # noqa: BLE001 - raised below, to all
                    self._values[key] = error
        value = self._values[key]
        if isinstance(value, Exception):
            raise value
        return value
