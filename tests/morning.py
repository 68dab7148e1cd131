"""An invented morning for pictures: what came in at the callback address of the demo's company, and what followed."""

from __future__ import annotations

from console.credentials import MemorySecrets
from console.operations.detail import read_detail
from console.operations.effects.handling import EffectDesk
from console.operations.effects.runner import EffectRunner
from console.sandbox import Sandbox
from console.store.relations import RelationQuery
from console.tui.app import ConsoleApp
from console.wecom.callback.events import event_of
from console.wecom.ids import ExternalUserId
from tests.conftest import LI_JIANGUO
from tests.store.pushes import REQUEST
from tests.wecom.callback.samples import AT, change

ZHANG, LINA = "zhangwei", "lina"
OWNER = "前台"


async def have_a_morning(app: ConsoleApp, sandbox: Sandbox) -> None:
    """Somebody comes, somebody goes, a colleague corrects a remark, and one hand-over is refused."""
    session = app.session
    _read = [one async for one in read_detail(await session.client(), session.records, ExternalUserId(LI_JIANGUO))]
    runner = EffectRunner(EffectDesk(session.client, session.records, session.profile, MemorySecrets(), OWNER))
    known = session.records.relations
    others = {row.remark: row.external_userid for row in known.window(known.select_now(RelationQuery(ZHANG, "")))}

    async def comes(seconds_ago: float, name: str, userid: str, customer: str, **more: str) -> None:
        said = {"UserID": userid, "ExternalUserID": customer, **more}
        inside = "".join(f"<{field}><![CDATA[{value}]]></{field}>" for field, value in said.items())
        at = session.clock() - seconds_ago
        message = change(name, fields=inside).replace(str(AT).encode(), str(int(at)).encode())
        session.records.events.put(event_of(message), REQUEST, receiver=OWNER, received_at=at).wait(5)
        await runner.run_due()

    await comes(170, "del_follow_user", ZHANG, others["阿杰(装修群)"])
    await comes(150, "transfer_fail", LINA, others["陈老板 瓷砖 批发"], FailReason="customer_refused")
    sandbox.colleague.change(ZHANG, LI_JIANGUO, remark="李部长(城建)")
    await comes(95, "edit_external_contact", ZHANG, LI_JIANGUO)
    newcomer = sandbox.comings.comes(ZHANG, state="expo2024")
    await comes(6, "add_external_contact", ZHANG, newcomer, State="expo2024", WelcomeCode="CODE")
