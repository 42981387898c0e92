"""What can go wrong, as one tree.

    SelonError
    ├── InputError            something given to us cannot be read
    │   ├── UnreadableFile        no permission, not a file, vanished
    │   ├── UnknownFormat         binary, or a format we do not read
    │   └── LimitExceeded         too big, too slow, too deep, too much memory
    ├── LedgerError           the ledger folder cannot be used
    │   ├── NotALedger            no ledger there, or not one of ours
    │   ├── LedgerTooNew          written by a later version
    │   ├── LedgerBusy            another run is writing to it
    │   └── NoSuchRecord          an id or a name that the ledger does not hold
    ├── PackError             a language pack is damaged or missing
    └── UsageError            options that do not go together

Every error says what is wrong, where, and what to do next.
"""


class SelonError(Exception):
    """Base of all errors raised on purpose; shows as ``what (where): next``.

    >>> str(SelonError("the file is empty", where="a.txt", next="give a file with text"))
    'the file is empty (a.txt): give a file with text'
    """

    def __init__(self, what: str, *, where: str = "", next: str = "") -> None:  # noqa: A002
        self.what = what
        self.where = where
        self.next = next
        super().__init__(what + (f" ({where})" if where else "") + (f": {next}" if next else ""))

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the three parts when an error crosses from a worker process."""
        return (_rebuild, (type(self), self.what, self.where, self.next))


def _rebuild(kind: type[SelonError], what: str, where: str, next_step: str) -> SelonError:
    return kind(what, where=where, next=next_step)


class InputError(SelonError):
    """Something given to us cannot be read."""


class UnreadableFile(InputError):
    """No permission, not a file, or vanished while we read."""


class UnknownFormat(InputError):
    """Binary data, or a format that is not read here."""


class LimitExceeded(InputError):
    """A document is too big, too slow, too deep or asks for too much memory."""


class LedgerError(SelonError):
    """The ledger folder cannot be used."""


class NotALedger(LedgerError):
    """There is no ledger at this place, or it is not one of ours."""


class LedgerTooNew(LedgerError):
    """The ledger was written by a later version of selon."""


class LedgerBusy(LedgerError):
    """Another run is writing to this ledger."""


class NoSuchRecord(LedgerError):
    """An id or a name that the ledger does not hold."""


class PackError(SelonError):
    """A language pack is damaged or missing."""


class UsageError(SelonError):
    """Options that do not go together."""
