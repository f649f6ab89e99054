"""What a browser keeps on its device: looked at as somebody would who has the device and not the key."""

from playwright.sync_api import Page

WHAT_IS_THERE = """async () => {
  const answer = (request) => new Promise((give) => { request.onsuccess = () => give(request.result); });
  const found = { entries: 0, read: [] };
  const read = (thing) => {
    if (thing instanceof ArrayBuffer || ArrayBuffer.isView(thing)) {
      for (const code of ["utf-8", "utf-16le"]) found.read.push(new TextDecoder(code).decode(thing));
    } else if (thing instanceof Object) {
      for (const [name, part] of Object.entries(thing)) { read(name); read(part); }
    } else found.read.push(String(thing));
  };
  for (const { name } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name));
    for (const table of database.objectStoreNames) {
      const rows = await answer(database.transaction(table).objectStore(table).getAll());
      found.entries += rows.length;
      rows.forEach(read);
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) read(await (await cache.match(request)).arrayBuffer());
  }
  for (const storage of [localStorage, sessionStorage]) read({ ...storage });
  read(document.documentElement.outerHTML);
  for (const field of document.querySelectorAll("input, textarea")) read(field.value);
  return { entries: found.entries, read: found.read.join("\\n") };
}"""


def readable(page: Page) -> str:
    """Everything of the device that a page of this site can read: databases, caches, storage and itself."""
    found: str = page.evaluate(WHAT_IS_THERE)["read"]
    return found


def entries(page: Page) -> int:
    """How many entries the journal of this device has."""
    found: int = page.evaluate(WHAT_IS_THERE)["entries"]
    return found
