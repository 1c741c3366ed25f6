"""One thread, one connection, first come first served; what waits together commits together."""

import asyncio
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from threading import Thread
from typing import Any, Generic, NamedTuple, TypeVar, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

T = TypeVar("T")
Tx = TypeVar("Tx")


class Job(NamedTuple):
    step: Callable[[Any], Any]
    done: asyncio.Future[Any]


class Outcome(NamedTuple):
    job: Job
    value: Any = None
    error: BaseException | None = None
    tx: Any = None


class Writer(Generic[Tx]):
    """Nobody hears of a step before the commit that holds it.

    `committed` is told, in the writer's thread, of the steps that a commit has just held.
    """

    def __init__(
        self,
        engine: Engine,
        transaction: Callable[[Connection], Tx],
        committed: Callable[[Sequence[Tx]], None],
        together: int = 64,
    ) -> None:
        self._engine, self._transaction, self._together = engine, transaction, together
        self._committed = committed
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._closed = False
        self._thread = Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    async def run(self, step: Callable[[Tx], T]) -> T:
        if self._closed:
            raise RuntimeError("the writer is closed")
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.put(Job(step, done))
        return await done

    async def close(self, within: float = 0.5) -> None:
        """Takes nothing more, finishes what waits.

        Whoever waits for a lock for longer than so many seconds has written nothing: it is left.
        """
        self._closed = True
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join, within)

    def _work(self) -> None:
        while batch := self._next_batch():
            outcomes = self._commit_together(batch)
            self._committed([outcome.tx for outcome in outcomes if outcome.tx is not None])
            batch[0].done.get_loop().call_soon_threadsafe(_hand_back, outcomes)

    def _next_batch(self) -> list[Job]:
        """Waits for one, takes all that stand behind it. Empty: closed and drained."""
        batch: list[Job] = []
        while job := self._jobs.get():
            batch.append(job)
            if self._jobs.empty() or len(batch) == self._together:
                return batch
        if batch:
            self._jobs.put(None)  # the end is met again after this batch
        return batch

    def _commit_together(self, batch: list[Job]) -> list[Outcome]:
        """Through the pool, which rolls back what a failed COMMIT left open."""
        try:
            with self._engine.begin() as connection:
                outcomes = [self._attempt(connection, job) for job in batch]
        except Exception as error:  # the commit itself: then nobody's step has happened
            return [Outcome(job, error=error) for job in batch]
        return outcomes

    def _attempt(self, connection: Connection, job: Job) -> Outcome:
        """A step that fails takes back its own rows and nobody else's."""
        connection.exec_driver_sql("SAVEPOINT step")  # begin_nested() costs 0.1 ms more
        tx = self._transaction(connection)
        try:
            outcome = Outcome(job, job.step(tx), tx=tx)
        except Exception as error:
            if isinstance(error, DBAPIError) and not _is_open(connection):
                raise  # a full disk has ended the whole transaction: nobody's step has happened
            connection.exec_driver_sql("ROLLBACK TO step")
            outcome = Outcome(job, error=error)
        connection.exec_driver_sql("RELEASE step")
        return outcome


def _is_open(connection: Connection) -> bool:
    """Whether SQLite still is in the transaction; some of its errors roll it back."""
    return bool(cast(Any, connection.connection.dbapi_connection).in_transaction)


def _hand_back(outcomes: list[Outcome]) -> None:
    for (_, done), value, error, _ in outcomes:
        if done.done():  # whoever asked has gone away; the step stands
            continue
        if error is None:
            done.set_result(value)
        else:
            done.set_exception(error)
