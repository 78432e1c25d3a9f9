"""A database: the SQLAlchemy URL and a query in, the rows that it gives in a transaction that only reads out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from comptoir.fetch.bounds import FetchBounds, FetchError, within

READ_ONLY: Final[Mapping[str, str]] = {
    "postgresql": "SET TRANSACTION READ ONLY",
    "mysql": "START TRANSACTION READ ONLY",
    "mariadb": "START TRANSACTION READ ONLY",
    "sqlite": "PRAGMA query_only = ON",
}
"""What makes the transaction of each kind of database one that only reads."""
_AT_ONCE: Final = 5000
INSTALL: Final = (
    "databases need the extra 'fetch' of Comptoir: pip install '.[fetch]' where you installed it from"
)


def rows_of_query(
    url: str, query: str, clock: Callable[[], float], ends: float, bounds: FetchBounds
) -> Iterator[Mapping[str, Any]]:
    """The rows of a query, by the names of their columns. Raises FetchError."""
    try:
        import sqlalchemy
        from sqlalchemy.exc import DBAPIError, NoSuchModuleError, SQLAlchemyError
        from sqlalchemy.pool import NullPool
    except ImportError as error:
        raise FetchError(INSTALL) from error
    try:
        engine = sqlalchemy.create_engine(url, poolclass=NullPool, hide_parameters=True)
    except (NoSuchModuleError, ImportError) as error:
        raise FetchError(f"no driver for this kind of database is installed; {INSTALL}") from error
    except (SQLAlchemyError, ValueError) as error:
        raise FetchError(
            "the variable holds no SQLAlchemy URL, such as postgresql+psycopg://reader@host/name"
        ) from error
    kind = engine.dialect.name
    if kind not in READ_ONLY:
        raise FetchError(
            f"a database of the kind {kind} cannot be held to reading: {', '.join(READ_ONLY)} can"
        )
    secret = str(engine.url.password or "")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(READ_ONLY[kind])
            if kind == "postgresql":
                connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(bounds.seconds * 1000)}")
            options = {"stream_results": True, "yield_per": _AT_ONCE, "no_parameters": True}
            result = connection.exec_driver_sql(query, execution_options=options)
            names = list(result.keys())
            double = sorted({name for name in names if names.count(name) > 1})
            if double:
                raise FetchError(
                    f"two columns of the query are called '{double[0]}': give one another name with AS"
                )
            yield from within((dict(row._mapping) for row in result), clock, ends, bounds)
    except DBAPIError as error:
        raise FetchError(f"the database refuses: {_said(error.orig, secret)}") from error
    except SQLAlchemyError as error:
        raise FetchError(f"the database cannot be read: {_said(error, secret)}") from error
    finally:
        engine.dispose()


def _said(error: BaseException | None, secret: str) -> str:
    """The first lines of what a driver said, on one line, without the password."""
    text = " ".join(str(error).split())[:300]
    return text.replace(secret, "…") if secret else text
