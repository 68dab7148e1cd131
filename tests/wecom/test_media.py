"""media/upload through the client: the form as WeCom reads it, and what never leaves."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

import pytest

from console.sandbox import Sandbox
from console.wecom.client import WeComClient
from console.wecom.errors import ConnectionReset_, UnexpectedShape
from console.wecom.media import UPLOAD, MediaKind, UnusableMedia, WhyUnusable
from tests.conftest import LI_JIANGUO
from tests.wecom.lying_server import LyingServer, says

PNG = b"\x89PNG\r\n\x1a\n" + b"\r\n--wecom-console-\r\n" * 3
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256))
TEN_MEGABYTES = 10 * 1024 * 1024


def part_of(content_type: str, body: bytes) -> Message:
    """The only part of a form, as the standard library's mail parser reads it."""
    form = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    assert len(form.get_payload()) == 1
    part = form.get_payload(0)
    assert isinstance(part, Message)
    return part


@pytest.mark.parametrize(("content", "mime"), [(PNG, "image/png"), (JPEG, "image/jpeg")])
async def test_the_form_holds_the_file_under_the_name_that_wecom_asks_for(
    server: LyingServer, client: WeComClient, content: bytes, mime: str
) -> None:
    server.answers(UPLOAD, says({"errcode": 0, "type": "image", "media_id": "1G6nrL", "created_at": "1380000000"}))
    uploaded = await client.upload_media(MediaKind.IMAGE, 'x "1"\r\n.png', content)
    assert (uploaded.media_id, uploaded.created_at) == ("1G6nrL", 1_380_000_000)
    assert uploaded.good_until == 1_380_000_000 + 3 * 86_400
    seen = server.seen[-1]
    assert seen.query["type"] == "image"
    part = part_of(seen.headers["content-type"], seen.body)
    assert part.get_payload(decode=True) == content
    assert part.get_content_type() == mime
    assert part.get_param("name", header="content-disposition") == "media"
    assert part.get_param("filelength", header="content-disposition") == str(len(content))
    assert part.get_filename() == "x %221%22%0D%0A.png"


async def test_an_uploaded_picture_can_stand_in_a_remark_and_is_never_given_back(
    crm: WeComClient, sandbox: Sandbox
) -> None:
    uploaded = await crm.upload_media(MediaKind.IMAGE, "门头照.jpg", JPEG)
    await crm.remark({"userid": "lina", "external_userid": LI_JIANGUO, "remark_pic_mediaid": uploaded.media_id})
    assert "门头照.jpg".encode() in sandbox.bodies[UPLOAD]
    detail = await crm.customer(LI_JIANGUO)
    assert uploaded.media_id not in repr(detail)


async def test_ten_megabytes_go_through(crm: WeComClient) -> None:
    uploaded = await crm.upload_media(MediaKind.IMAGE, "big.png", PNG.ljust(TEN_MEGABYTES, b"\0"))
    assert uploaded.media_id


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", WhyUnusable.TOO_SMALL),
        (b"\xff\xd8\xff\xe0\x00", WhyUnusable.TOO_SMALL),
        (b"GIF89a......", WhyUnusable.NOT_AN_IMAGE),
        (b"not a picture, whatever its name", WhyUnusable.NOT_AN_IMAGE),
        (JPEG.ljust(TEN_MEGABYTES + 1, b"\0"), WhyUnusable.TOO_LARGE),
    ],
    ids=["empty", "five bytes", "gif", "text", "one byte too many"],
)
async def test_what_wecom_would_not_take_is_refused_before_any_request(
    crm: WeComClient, sandbox: Sandbox, content: bytes, why: WhyUnusable
) -> None:
    with pytest.raises(UnusableMedia) as refused:
        await crm.upload_media(MediaKind.IMAGE, "picture.png", content)
    assert (refused.value.why, refused.value.size) == (why, len(content))
    assert not refused.value.may_have_arrived
    assert not sandbox.requests


async def test_an_upload_is_sent_once(crm: WeComClient, sandbox: Sandbox) -> None:
    sandbox.faults.reset(UPLOAD)
    with pytest.raises(ConnectionReset_):
        await crm.upload_media(MediaKind.IMAGE, "a.png", PNG)
    assert sandbox.requests[UPLOAD] == 1


async def test_an_answer_without_an_id_is_no_upload(server: LyingServer, client: WeComClient) -> None:
    server.answers(UPLOAD, says({"errcode": 0, "type": "image"}))
    with pytest.raises(UnexpectedShape):
        await client.upload_media(MediaKind.IMAGE, "a.png", PNG)
