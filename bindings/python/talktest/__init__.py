"""Was this recovery run really easy?

A thin module over the command ``talktest``, which this package installs beside it: tables go in and
come out as Arrow, everything is read and judged by the command, in its own process, on all cores.

=====================  ===========================================================================
:func:`measure`        files, or a table of bytes → rows: one for each session of each file
:func:`judge`          rows of any number of measurings → runs with their verdicts
:func:`audit`          both at once, for folders
:func:`channels`       rows → the cleaned runs second by second
=====================  ===========================================================================

Quantities are SI and named by their unit: ``_s`` seconds, ``_m`` metres, ``_m_s`` metres per second,
``_bpm`` beats per minute, ``_spm`` steps per minute, ``_pct`` per cent. What is not known is null.
The columns of rows are those of ``talktest schema row``, the columns of runs those of a run in
``talktest schema audit``.
"""

from ._command import TalktestError, TalktestWarning, command, version
from ._tables import audit, channels, judge, measure

__all__ = [
    "TalktestError",
    "TalktestWarning",
    "audit",
    "channels",
    "command",
    "judge",
    "measure",
    "version",
]
