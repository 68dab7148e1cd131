"""The floor of every start: a bare Textual app with header, tabs, a table of 50 rows and a footer."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer, Header, Tabs

MARK = "row 7"


class BareApp(App[None]):
    """Nothing but Textual's own widgets."""

    BINDINGS = [("q", "quit", "Quit"), ("f", "find", "Find"), ("slash", "filter", "Filter")]

    def compose(self) -> ComposeResult:
        yield Header()
        yield Tabs("Customers", "Feed", "Convert")
        yield DataTable(cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("Remark", "Name", "Company", "Mobile")
        table.add_rows((f"row {row}", "Name", "Company", "13800000000") for row in range(50))


if __name__ == "__main__":
    BareApp().run()
