"""What the command says of its own tables."""

import json

import pyarrow as pa
import pyarrow.ipc

from .. import _command

# As docs/columns.md has them.
_CHANNELS = (
    "`channels` STRUCT<heart_rate_bpm: ARRAY<SMALLINT>, speed_cm_s: ARRAY<SMALLINT>,"
    " graded_speed_cm_s: ARRAY<SMALLINT>, grade_basis_points: ARRAY<SMALLINT>,"
    " altitude_dm: ARRAY<INT>, cadence_spm: ARRAY<SMALLINT>, movement: ARRAY<SMALLINT>>"
)


def rows_for_spark(channels: bool) -> str:
    """The columns of a table of rows on a cluster."""
    return _ddl("row") + ",`input` STRING" + ("," + _CHANNELS if channels else "")


def runs_for_spark() -> str:
    """The columns of a table of runs."""
    return _ddl("audit")


def rows_for_arrow() -> pa.Schema:
    """The columns of rows as the command writes and reads them."""
    return next(_command.stream(["schema", "row", "--format=arrow"]))


def measuring() -> str:
    """The version of measuring."""
    contract = json.loads(_command.output(["schema", "row", "--format=json"]))
    return contract["oneOf"][0]["properties"]["measuring"]["const"]


def _ddl(contract: str) -> str:
    return _command.output(["schema", contract, "--format=spark-ddl"]).replace("\n", "")
