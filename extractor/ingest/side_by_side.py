"""Several walks at once, and what they find in the order of the walks."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

Item = TypeVar("Item")
_NOTICED_S = 0.1  # seconds until a thread sees that nobody wants more


def side_by_side(walks: Sequence[Callable[[], Iterator[Item]]], *, at_once: int, room: int) -> Iterator[Item]:
    """The items of the first walk, then of the second, and so on, while up to `at_once` of them are under way.

    room: items that a walk may be ahead of its reader. What a walk raises is raised when its turn comes.
    """
    unwanted = Event()
    to_begin = iter(walks)
    under_way: deque[_Walk[Item]] = deque()
    try:
        under_way.extend(_Walk(walk, room, unwanted) for walk in islice(to_begin, at_once))
        while under_way:
            yield from under_way.popleft().items()
            under_way.extend(_Walk(walk, room, unwanted) for walk in islice(to_begin, 1))
    finally:
        unwanted.set()


class _Walk(Generic[Item]):
    """One walk in a thread of its own, which ends when the walk does or when nobody wants more of it."""

    def __init__(self, walk: Callable[[], Iterator[Item]], room: int, unwanted: Event) -> None:
        self._found: Queue[Item] = Queue(room)
        self._unwanted = unwanted
        self._failed: BaseException | None = None
        self._thread = Thread(target=self._run, args=(walk,), daemon=True)
        self._thread.start()

    def items(self) -> Iterator[Item]:
        while True:
            try:
                yield self._found.get(timeout=_NOTICED_S)
            except Empty:
                if not self._thread.is_alive() and self._found.empty():
                    break
        if self._failed is not None:
            raise self._failed

    def _run(self, walk: Callable[[], Iterator[Item]]) -> None:
        try:
            for item in walk():
                while not self._unwanted.is_set():
                    try:
                        self._found.put(item, timeout=_NOTICED_S)
                        break
                    except Full:
                        continue
                else:
                    return
        except BaseException as error:  # noqa: BLE001 - it is raised where the items are read
            self._failed = error
