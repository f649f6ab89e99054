"""A hiring manager changes a copy of a scenario; everything typed is kept, and nobody else sees it."""

from urllib.parse import urlsplit

from app.core.db import db
from app.packs.drafts import services
from app.packs.models import ScenarioDraft
from tests.client import words
from tests.factories import drafts
from tests.factories.people import actor


def form(found, **texts):
    """What the editor's page sends: every field as it stands, with some typed over."""
    said = {name.replace("__", "."): text for name, text in texts.items()}
    return {**found.texts, "version": found.version, **said}


def page_of(found):
    return f"/drafts/{found.public_id}"


def test_a_copy_is_begun_on_the_page_of_a_scenario(client, hana):
    browser = client.as_(hana)
    address = f"/scenarios/{drafts.version().public_id}"
    assert "Edit a copy" in words(browser.get(address, expect=200))

    answer = browser.post(f"{address}/copy", data={"into": "version"}, expect=303)
    page = browser.get(urlsplit(answer.location).path, expect=200)

    assert "Based on The chair by the window version 1" in words(page)
    assert "Nothing differs from version 1" in words(page)


def test_a_new_scenario_needs_a_name_that_nothing_has(client, hana):
    address = f"/scenarios/{drafts.version().public_id}/copy"
    browser = client.as_(hana)

    missing = browser.post(address, data={"into": "scenario", "key": ""}, expect=422)
    taken = browser.post(address, data={"into": "scenario", "key": "cw-acute-ot-senior"}, expect=422)

    assert "Lower-case words joined by hyphens" in words(missing)
    assert "cw-acute-ot-senior is the name of another scenario" in words(taken)
    assert 'value="cw-acute-ot-senior"' in taken.text


def test_everything_typed_is_kept_whatever_is_wrong_with_it(client, hana):
    found = drafts.draft(hana)
    typed = {
        "title": "",
        "prompt": 'Too <short> & "odd".',
        "facts": "one\n\n  two  \n",
        "time_box.read": "two",
        "criteria.3.anchors.4": "very good",
        "criteria.1.minimum.mid": "9",
        "levels": "",
        "kind": "a kind of my own",
    }
    browser = client.as_(hana)

    browser.post(page_of(found), data=form(found) | typed, expect=303)

    db.session.refresh(found)
    assert {name: found.texts[name] for name in typed} == typed
    page = words(browser.get(page_of(found), expect=200)).replace(" :", ":")
    for sentence in (
        "Title: There is no text. Write it.",
        "Prompt: The prompt has 4 words. Write 90 to 200 words.",
        "Minutes to read: This is not a whole number. Write it in digits.",
        "DOC, level 4: The anchor of level 4 does not say what it builds on.",
        "SAF, bar for mid: The number is too large. Write 5 or less.",
    ):
        assert sentence in page


def test_a_gate_speaks_at_the_field_it_is_about(client, hana):
    found = drafts.changed(hana, drafts.draft(hana), facts="He is a veteran.\n" + "A fact.\n" * 5)

    page = client.as_(hana).get(page_of(found), expect=200)

    at_field = page.text.partition('id="at-facts"')[2].partition("</div>")[0]
    assert "Line 1: &#34;veteran&#34; names a protected trait" in at_field
    assert 'href="#facts"' in page.text


def test_a_probe_is_added_and_removed_by_buttons(client, hana):
    found = drafts.draft(hana)
    browser = client.as_(hana)

    added = browser.post(page_of(found), data=form(found) | {"then": "add probes"}, expect=303)
    db.session.refresh(found)
    assert added.location.endswith("#probes-6")
    assert found.texts["probes.6.text"] == ""

    last = found.texts["probes.5.text"]
    browser.post(page_of(found), data=form(found) | {"then": "remove probes.1"}, expect=303)
    db.session.refresh(found)
    assert found.texts["probes.4.text"] == last
    assert "probes.6.text" not in found.texts


def test_saving_the_same_twice_is_one_change(client, hana):
    found = drafts.draft(hana)
    sent = form(found, title="Another title")
    browser = client.as_(hana)

    browser.post(page_of(found), data=sent, expect=303)
    db.session.refresh(found)
    version = found.version
    browser.post(page_of(found), data=sent, expect=303)

    db.session.refresh(found)
    assert found.version == version


def test_while_typing_only_what_changed_on_the_page_is_sent_back(client, hana):
    found = drafts.draft(hana)
    answer = client.as_(hana).post(
        page_of(found), data=form(found, prompt="Short."), headers={"HX-Request": "true"}, expect=200
    )

    assert "<html" not in answer.text
    assert "The prompt has 1 words" in answer.text.partition('id="at-prompt"')[2].partition("</div>")[0]
    assert f'name="version" value="{found.version}"' in answer.text


def test_two_tabs_lose_nothing(client, hana):
    found = drafts.draft(hana)
    first, second = form(found, title="Of the first tab"), form(found, title="Of the second tab")
    browser = client.as_(hana)
    browser.post(page_of(found), data=first, expect=303)

    stale = browser.post(page_of(found), data=second, expect=409)
    assert "Of the first tab" in words(stale)
    assert "Of the second tab" in words(stale)
    db.session.refresh(found)
    assert found.texts["title"] == "Of the first tab"

    kept = second | {"version": found.version, "keep-title": "theirs", "prompt": "Mine, too."}
    browser.post(page_of(found), data=kept, expect=303)
    db.session.refresh(found)
    assert (found.texts["title"], found.texts["prompt"]) == ("Of the first tab", "Mine, too.")


def test_while_typing_in_two_tabs_the_way_to_both_texts_is_shown(client, hana):
    found = drafts.draft(hana)
    browser = client.as_(hana)
    sent = form(found, title="Of the second tab")
    browser.post(page_of(found), data=form(found, title="Of the first tab"), expect=303)

    stale = browser.post(page_of(found), data=sent, headers={"HX-Request": "true"}, expect=409)

    assert "Compare the two texts" in words(stale)


def test_nobody_else_sees_a_draft(client, hana, rina, olga, ada):
    found = drafts.draft(hana)
    for person in (rina, olga, ada):
        browser = client.as_(person)
        for path in ("", "/preview", "/difference", "/publication"):
            browser.get(page_of(found) + path, expect=404)
        browser.post(page_of(found), data=form(found, title="Mine"), expect=404)


def test_a_recruiter_reads_scenarios_and_starts_no_draft(client, rina):
    address = f"/scenarios/{drafts.version().public_id}"
    browser = client.as_(rina)

    assert "Only a hiring manager can do this." in words(browser.get(address, expect=200))
    browser.post(f"{address}/copy", data={"into": "version"}, expect=403)


def test_a_preview_shows_the_draft_as_the_page_of_a_scenario_would(client, hana):
    found = drafts.ready(hana)
    browser = client.as_(hana)

    preview = browser.get(page_of(found) + "/preview", expect=200).text
    scenario = browser.get(f"/scenarios/{drafts.version().public_id}", expect=200).text

    def body(page):
        return page.partition("<h2>Prompt</h2>")[2].partition("<h2>Why it is job-related")[0]

    assert body(preview) == body(scenario)
    assert "The chair by the door" in preview


def test_what_cannot_be_shown_yet_says_so(client, hana):
    found = drafts.changed(hana, drafts.draft(hana), title="")

    assert "It cannot be shown yet" in words(client.as_(hana).get(page_of(found) + "/preview", expect=200))


def test_the_difference_names_fields_and_marks_words(client, hana):
    found = drafts.ready(hana)

    page = client.as_(hana).get(page_of(found) + "/difference", expect=200)

    assert '<del><span class="visually-hidden">removed: </span>window</del>' in page.text
    assert '<ins><span class="visually-hidden">added: </span>door</ins>' in page.text
    assert "1 field" in words(page)


def test_a_discarded_draft_stays_as_it_is(client, hana):
    found = drafts.ready(hana)
    browser = client.as_(hana)
    browser.post(page_of(found) + "/publication", data={"do": "discard"}, expect=303)

    browser.post(page_of(found), data=form(found, title="Again"), expect=403)
    page = words(browser.get(page_of(found), expect=200)).replace(" :", ":")

    assert "This draft is published or discarded; it stays as it is." in page
    assert db.session.get(ScenarioDraft, found.id).texts["title"] == "The chair by the door"
    assert not services.queries.open_drafts(actor(hana))
