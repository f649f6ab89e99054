"""The key under which a browser keeps what was typed into a scorecard until the server has it.

It is made anew for every page from the server's secret, the author and the scorecard, and goes only into
the page of that scorecard, which only its author gets. Nobody keeps it: the browser holds it in memory, and
the database never has it.
"""

import base64
import hashlib
import hmac
import uuid


def key(secret: str, *, author_id: int, card_id: uuid.UUID) -> str:
    """256 bits for AES-GCM, in base64; the same for the same author and scorecard, and no other."""
    about = f"journal {author_id} {card_id}".encode()
    return base64.b64encode(hmac.digest(secret.encode(), about, hashlib.sha256)).decode()
