// What was typed and the server has not acknowledged yet, kept on this device while it waits.
//
// Only ciphertext is stored. The key comes with the page from the server, stays in memory and cannot be taken out
// of it again; whoever the server does not give it to finds nothing here to read. Each page has one entry, which it
// replaces as it goes, and holds a lock for as long as it lives. What a page that is gone has left behind, the
// next page of the same thing takes over, one entry at a time.
class Journal {
  static NAME = "evenhand";
  static ENTRIES = "journal";
  static DAYS = 30;

  // Answers null where the browser keeps nothing, or has no cryptography because the page came without HTTPS.
  static async open({ about, client, key }) {
    try {
      const bytes = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
      const secret = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
      const opening = indexedDB.open(Journal.NAME, 1);
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore(Journal.ENTRIES, { keyPath: "client" }).createIndex("about", "about");
      };
      const journal = new Journal(await Journal.answered(opening), secret, about, client);
      await Journal.hold(client);
      await journal.expire();
      return journal;
    } catch {
      return null;
    }
  }

  constructor(database, secret, about, client) {
    Object.assign(this, { database, secret, about, client, wanted: "", stored: "", writing: null });
  }

  // Keep exactly this text, or nothing when it is empty. Answers once the device has it, or will not take it.
  write(text) {
    this.wanted = text;
    this.writing ||= this.flush().catch(() => {}).finally(() => { this.writing = null; });
    return this.writing;
  }

  holds(text) {
    return this.stored === text;
  }

  async flush() {
    while (this.stored !== this.wanted) await this.put(this.wanted);
  }

  // In one transaction, so that at every moment the one entry or the other is there.
  async put(text, instead = null) {
    const entry = text && await this.sealed(text);
    await this.change((entries) => {
      if (entry) entries.put(entry);
      else entries.delete(this.client);
      if (instead) entries.delete(instead);
    });
    this.stored = text;
  }

  async sealed(text) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.secret, new TextEncoder().encode(text));
    return { client: this.client, about: this.about, at: Date.now(), iv, data };
  }

  // The oldest entry of a page that is gone, with its text; null when there is none that this key opens.
  async next() {
    const about = this.database.transaction(Journal.ENTRIES).objectStore(Journal.ENTRIES).index("about");
    const entries = await Journal.answered(about.getAll(this.about));
    for (const { client, iv, data } of entries.sort((one, other) => one.at - other.at)) {
      if (client === this.client || !await Journal.hold(client)) continue;
      try {
        const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, this.secret, data);
        return { client, text: new TextDecoder().decode(text) };
      } catch {
        // Written under another key, such as before the server's secret was changed: it stays until it expires.
      }
    }
    return null;
  }

  remove(client) {
    return this.change((entries) => entries.delete(client));
  }

  expire() {
    const oldest = Date.now() - Journal.DAYS * 86400000;
    return this.change((entries) => {
      entries.openCursor().onsuccess = ({ target: { result: cursor } }) => {
        if (!cursor) return;
        if (cursor.value.at < oldest) cursor.delete();
        cursor.continue();
      };
    });
  }

  change(make) {
    return new Promise((answer, refuse) => {
      const transaction = this.database.transaction(Journal.ENTRIES, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => answer();
      transaction.onabort = () => refuse(transaction.error);
      make(transaction.objectStore(Journal.ENTRIES));
    });
  }

  static answered(request) {
    return new Promise((answer, refuse) => {
      request.onsuccess = () => answer(request.result);
      request.onerror = () => refuse(request.error);
    });
  }

  // Whether the lock of this name was free; if so it is this page's until the page is gone.
  static hold(name) {
    return new Promise((answer) => {
      navigator.locks.request(`journal ${name}`, { ifAvailable: true }, (lock) => {
        answer(Boolean(lock));
        return lock && new Promise(() => {});
      });
    });
  }
}
