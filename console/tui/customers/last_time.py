"""Where the operator was the last time in this profile: kept as they move, and gone to when the pane opens."""

from __future__ import annotations

from console.session import Session
from console.store.relations import RelationRow
from console.store.remembered import Choice
from console.tui.customers.cells import ALL_CUSTOMERS
from console.tui.customers.followers import FollowersList
from console.tui.customers.relations import CustomersList


def go_back(session: Session, followers: FollowersList, customers: CustomersList) -> None:
    """Begin where the operator was last: the follower, the customer, the order."""
    remembered = session.records.remembered
    customers.restore_order(remembered.get(Choice.ORDER))
    follower = remembered.get(Choice.FOLLOWER)
    if not follower:
        return
    followers.table.choose(follower)
    customers.show_follower(None if follower == ALL_CUSTOMERS else follower)
    userid, _blank, external_userid = remembered.get(Choice.CUSTOMER).partition(" ")
    relation = session.records.relations.find(userid, external_userid)
    if relation is not None:
        customers.table.choose(relation.id)


def keep_follower(session: Session, userid: str | None) -> None:
    """The operator is at this follower; None is everybody."""
    session.records.remembered.put(Choice.FOLLOWER, userid or ALL_CUSTOMERS)


def keep_customer(session: Session, relation: RelationRow) -> None:
    """The operator is at this relation."""
    session.records.remembered.put(Choice.CUSTOMER, f"{relation.userid} {relation.external_userid}")
