"""What came of the last conversion, in words; below it, where there is room, the quota that is left, and the rule."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from console.language import _
from console.operations.convert.results import Result
from console.operations.convert.words import Setting, result_lines, rule_words, sharing_words
from console.store.quota import Allowance
from console.tui.convert.quota import QuotaBars
from console.tui.folded import FoldedText
from console.tui.rule import Rule
from console.wecom.ids import SubjectType


class AnswerView(Vertical):
    """The result, the bars, the rule; an app that converts nothing has no quota."""

    def __init__(self, *, has_quota: bool) -> None:
        super().__init__(id="convert-answer")
        self.result: Result | None = None
        self._has_quota = has_quota
        self._result_title, self._text = Rule(id="convert-result-title"), FoldedText(classes="full-text")
        self._quota_title, self._bars = Rule(id="convert-quota-title"), QuotaBars()
        self._rules_title = Rule(id="convert-rules-title")

    def compose(self) -> ComposeResult:
        """The result above the quota."""
        yield self._result_title
        with VerticalScroll(id="convert-result", can_focus=False):
            yield self._text
        if self._has_quota:
            with Vertical(classes="convert-more"):
                yield self._quota_title
                yield self._bars
                yield self._rules_title
                yield FoldedText(rule_words(), classes="full-text convert-rules")

    def on_mount(self) -> None:
        """Name the parts."""
        self._result_title.show(_("result"))
        self._rules_title.show(_("rules"))

    def show_waiting(self) -> None:
        """WeCom, or the store, is being asked."""
        self.result = None
        self._text.show((_("converting .."),))

    def show_result(self, result: Result | None, setting: Setting) -> None:
        """Say how a conversion ended; None leaves what stands there."""
        self.result = result
        if result is not None:
            self._text.show(result_lines(result, setting))

    def show_quota(self, allowances: Sequence[Allowance], subject_type: SubjectType) -> None:
        """What was used of the quota of this subject."""
        self._bars.show(allowances)
        self._quota_title.show(_("quota, {sharing}").format(sharing=sharing_words(subject_type)))
