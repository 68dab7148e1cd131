"""`python -m tests.benchmarks.receiver_process FOLDER`: our receiver on a store of its own; prints its URL."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from console.address import Address
from console.credentials import MemorySecrets, SecretKind
from console.receiver.server import Receiver
from console.receiver.states import Listening
from console.settings import Profile
from console.store import Store
from tests.wecom.callback.peers import CORP, KEY, TOKEN


async def main(folder: Path) -> None:
    """Receive until stdin ends."""
    secrets = MemorySecrets({("b", SecretKind.CALLBACK_TOKEN): TOKEN, ("b", SecretKind.ENCODING_AES_KEY): KEY})
    store = Store.open(folder / "store.db")
    records = store.profile("b", CORP, "self-built")
    receiver = Receiver(Profile("b", CORP), records, secrets, name="benchmark")
    state = await receiver.start(Address(port=0))
    assert isinstance(state, Listening)
    sys.stdout.write(state.at.url + "\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    await receiver.stop()
    store.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
