"""What each WeCom error code means to an operator: every code of the table in one mapping.

Follows WeCom document 90313.
"""

from __future__ import annotations

from collections.abc import Mapping

from console.operations.error_table_access import ACCESS
from console.operations.error_table_conversion import CONVERSION
from console.operations.error_table_requests import REQUESTS
from console.operations.error_table_suite import SUITE
from console.operations.error_words import CodeWords

CODE_WORDS: Mapping[int, CodeWords] = {**ACCESS, **SUITE, **REQUESTS, **CONVERSION}
