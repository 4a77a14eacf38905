"""What lives in the sandbox: one SQLite file, with a copy in memory for speed.

A write is one transaction (WAL, synchronous=NORMAL): a process killed at any moment leaves either the whole
change or none. Another process may write at the same time (`sandbox edit` beside `sandbox serve`): the copy
in memory is renewed when SQLite says that the file changed.

Secrets are kept only as a keyed hash (HMAC-SHA256; the key is in its own file, mode 0600): nothing needs them
back, since the engine sends the value it holds with every read, and a hash is enough to see that one changed.
"""

import hashlib
import hmac
import json
import secrets
import sqlite3
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, cast

from billing_identity.sandbox.wire import Properties, Secret, Value

HASH: Final = "sandbox:secret"
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS objects (
  package TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL, type TEXT NOT NULL, key TEXT NOT NULL,
  id TEXT NOT NULL, urn TEXT NOT NULL, props TEXT NOT NULL,
  PRIMARY KEY (package, account, region, type, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS accounts (package TEXT NOT NULL, account TEXT NOT NULL, PRIMARY KEY (package,
account));
"""


@dataclass(frozen=True, slots=True)
class Object:
    """One live object: `key` tells it apart within its type, `id` is what the service calls it."""

    package: str
    account: str
    region: str
    type: str
    key: str
    id: str
    urn: str
    props: Properties

    @property
    def place(self) -> tuple[str, str, str, str, str]:
        """The primary key."""
        return (self.package, self.account, self.region, self.type, self.key)


_FILE = "sandbox.db"


class Store:
    """The objects of every account of the three services, below `state_dir` (created if missing)."""

    def __init__(self, state_dir: Path) -> None:
        state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path: Final = state_dir / _FILE
        self._lock = threading.RLock()
        self._depth = 0
        self._db = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=30)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_SCHEMA)
        self._key = _hash_key(state_dir / "secret.key")
        self._objects: dict[str, dict[tuple[str, str, str, str, str], Object]] = {}
        self._accounts: set[tuple[str, str]] = set()
        self._version = -1
        self._renew()

    @staticmethod
    def exists(state_dir: Path) -> bool:
        """Whether the folder holds a sandbox's state."""
        return (state_dir / _FILE).is_file()

    def close(self) -> None:
        """Close the file; the store can't be used afterwards."""
        with self._lock:
            self._db.close()

    @contextmanager
    def transaction(self) -> Generator[None]:
        """All writes of the block are kept, or none; one at a time, over all processes."""
        with self._lock:
            if self._depth:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                self._renew()
                yield
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                self._version = -1
                raise
            finally:
                self._depth = 0

    def get(self, package: str, account: str, region: str, kind: str, key: str) -> Object | None:
        """One object, or None."""
        with self._lock:
            self._fresh()
            return self._objects.get(kind, {}).get((package, account, region, kind, key))

    def find(
        self, kind: str, account: str | None = None, where: Callable[[Properties], bool] | None = None
    ) -> list[Object]:
        """Objects of a type token, of one account or of all, whose properties satisfy `where`."""
        with self._lock:
            self._fresh()
            found = self._objects.get(kind, {}).values()
            return [
                o
                for o in found
                if (account is None or o.account == account) and (where is None or where(o.props))
            ]

    def all(self) -> list[Object]:
        """Every object, sorted by package, account, region, type and key."""
        with self._lock:
            self._fresh()
            return sorted((o for of in self._objects.values() for o in of.values()), key=lambda o: o.place)

    def put(self, item: Object) -> None:
        """Create or overwrite; secrets among the properties are hashed before anything is written."""
        item = replace(item, props=self.hashed(item.props))
        with self.transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO objects VALUES (?,?,?,?,?,?,?,?)",
                (*item.place, item.id, item.urn, json.dumps(item.props, sort_keys=True)),
            )
            self._objects.setdefault(item.type, {})[item.place] = item

    def delete(self, item: Object) -> None:
        """Remove an object; no error when it is gone already."""
        with self.transaction():
            self._db.execute(
                "DELETE FROM objects WHERE package=? AND account=? AND region=? AND type=? AND key=?",
                item.place,
            )
            self._objects.get(item.type, {}).pop(item.place, None)

    def add_account(self, package: str, account: str) -> None:
        """Remember that an account (organisation, tenant) exists in the sandbox."""
        if self.has_account(package, account):
            return
        with self.transaction():
            self._db.execute("INSERT OR IGNORE INTO accounts VALUES (?,?)", (package, account))
            self._accounts.add((package, account))

    def has_account(self, package: str, account: str) -> bool:
        """Whether some provider instance has been configured for the account."""
        with self._lock:
            self._fresh()
            return (package, account) in self._accounts

    def hashed(self, value: Value) -> Value:
        """`value` with every `Secret` replaced by `{"sandbox:secret": hash}`."""
        match value:
            case Secret():
                text = json.dumps(value.value, sort_keys=True, default=str)
                return {HASH: hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()}
            case dict():
                return {k: self.hashed(v) for k, v in cast("Properties", value).items()}
            case list():
                return [self.hashed(v) for v in cast("list[Value]", value)]
            case _:
                return value

    def _fresh(self) -> None:
        if not self._depth:
            self._renew()

    def _renew(self) -> None:
        version = self._db.execute("PRAGMA data_version").fetchone()[0]
        if version == self._version:
            return
        self._objects = {}
        for row in self._db.execute("SELECT package,account,region,type,key,id,urn,props FROM objects"):
            item = Object(*row[:7], props=json.loads(row[7]))
            self._objects.setdefault(item.type, {})[item.place] = item
        self._accounts = set(self._db.execute("SELECT package, account FROM accounts"))
        self._version = version


def is_hash(value: Value) -> bool:
    """Whether a stored value stands for a secret."""
    return isinstance(value, dict) and HASH in value


def _hash_key(path: Path) -> bytes:
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_bytes(secrets.token_bytes(32))
        # A link fails where the name is taken, so two first starts agree on one key and a killed one leaves
        # none.
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    key = path.read_bytes()
    if len(key) != 32:
        raise RuntimeError(f"{path}: not a sandbox key of 32 bytes; remove the state folder and start again")
    return key
