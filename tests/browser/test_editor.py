"""The editor of texts in a real browser: what it keeps, and what an editor can do in it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from newsroom.html import clean
from tests.browser import made_up
from tests.browser.bodies import BODIES
from tests.browser.conftest import page_at
from tests.browser.pages import bodies_of

pytestmark = pytest.mark.urls("tests.browser.pages")

REF = '<sup data-footnote=""></sup>'
POST = BODIES["quoted post alone"]


def notes(*texts: str) -> str:
    return f'<ol data-footnotes="">{"".join(f"<li><p>{text}</p></li>" for text in texts)}</ol>'


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    """The live server without the database, which none of these pages needs and which takes a second to empty."""
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture
def page(browser: Browser, server: LiveServer) -> Iterator[Page]:
    with page_at(browser, server.url) as page:
        yield page


class Writing:
    """An editor at work: the page with a text in it."""

    def __init__(self, page: Page, body: str = "", *, kind: str = "editor", **options: str) -> None:
        self.page = page
        page.goto(f"/{kind}/?{urlencode({'body': body, **options})}")
        self.text: Locator = page.locator(".ProseMirror[contenteditable=true]")
        expect(self.text).to_be_visible()

    def run(self, script: str, argument: Any = None) -> Any:
        find = "document.querySelector('.ProseMirror[contenteditable]').editor"
        return self.page.evaluate(f"argument => {{ const editor = {find}; {script} }}", argument)

    @property
    def html(self) -> str:
        return clean(self.run("return editor.getHTML()"))

    def put_cursor(self, words: str, *, after: bool = True, to: str = "") -> None:
        """Set the cursor after (or before) the first place of these words, or select from there to after `to`."""
        self.run(
            """
            const [words, after, to] = argument
            const find = (wanted) => {
              let at = null
              editor.state.doc.descendants((node, pos) => {
                const index = node.isText ? node.text.indexOf(wanted) : -1
                if (at === null && index >= 0) at = pos + index
              })
              if (at === null) throw new Error(`no ${wanted}`)
              return at
            }
            const from = find(words) + (after ? words.length : 0)
            editor.view.focus()
            editor.commands.setTextSelection({ from, to: to ? find(to) + to.length : from })
            """,
            [words, after, to],
        )

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def paste(self, html: str, plain: str = "") -> None:
        self.run(
            """
            const [html, plain] = argument
            const clipboardData = new DataTransfer()
            if (html) clipboardData.setData("text/html", html)
            clipboardData.setData("text/plain", plain)
            editor.view.dom.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
            """,
            [html, plain],
        )

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def dialog(self) -> Locator:
        return self.page.locator("dialog.prose-editor-dialog")


# --- Opening and saving unchanged changes nothing ---


@pytest.mark.parametrize("kind", ["article", "page"])
def test_every_stored_body_comes_back_byte_for_byte(page: Page, kind: str) -> None:
    bodies = bodies_of(kind)
    page.goto(f"/every-body/{kind}/")
    page.wait_for_function(f"document.querySelectorAll('.ProseMirror[contenteditable]').length === {len(bodies)}")
    written = page.evaluate(
        """Object.fromEntries(Array.from(document.querySelectorAll("textarea"), (textarea) => [textarea.name, [
          textarea.value, textarea.closest(".prose-editor").querySelector(".ProseMirror[contenteditable]").editor.getHTML()
        ]]))"""
    )
    assert len(bodies) > 30
    for name, body in bodies.items():
        opened, html = written[name]
        assert opened == body, f"{name}: opening it changed the field"
        assert clean(html) == body, name


def test_bodies_made_up_at_random_come_back_byte_for_byte_even_after_an_edit_elsewhere(page: Page) -> None:
    random = Random(2026)
    bodies = [body for body in (clean(made_up.body(random)) for _ in range(400)) if body]
    writing = Writing(page)
    opened = page.evaluate(
        """async (bodies) => {
          const { createEditor } = await import("django-prose-editor/configurable")
          const pattern = document.querySelector("textarea")
          const results = []
          for (const body of bodies) {
            const textarea = pattern.cloneNode()
            textarea.id = ""
            textarea.value = body
            document.querySelector("form").append(textarea)
            const editor = await createEditor(textarea)
            const opened = editor.getHTML()
            let at = null
            editor.state.doc.forEach((node, pos) => { if (node.isTextblock) at ??= pos + 1 })
            if (at !== null) {
              editor.view.dispatch(editor.state.tr.insertText("x", at))
              editor.view.dispatch(editor.state.tr.delete(at, at + 1))
            }
            results.push([opened, editor.getHTML()])
            editor.destroy()
            textarea.remove()
          }
          return results
        }""",
        bodies,
    )
    assert len(bodies) > 300
    for body, (html, edited) in zip(bodies, opened, strict=True):
        assert clean(html) == body
        assert clean(edited) == body
    assert writing.html == ""


def test_saving_unchanged_saves_what_was_stored(page: Page) -> None:
    for name in ("quoted post and footnotes", "table with merged cells", "lists nested"):
        writing = Writing(page, name)
        page.evaluate("addEventListener('input', () => { document.title = 'changed' })")
        writing.text.click()
        writing.press("ArrowDown", "ArrowRight")
        assert page.title() == "The editor"  # nothing warns of changes that nobody made
        page.get_by_role("button", name="Save").click()
        assert page.locator("#saved").text_content() == BODIES[name]


def test_saving_after_an_edit_changes_only_that(page: Page) -> None:
    writing = Writing(page, "border-choir en")
    writing.put_cursor("The", after=False)
    writing.type("Now. ")
    page.get_by_role("button", name="Save").click()
    body = BODIES["border-choir en"]
    at = body.index("The")
    assert page.locator("#saved").text_content() == body[:at] + "Now. " + body[at:]


def test_the_editor_of_pages_offers_neither_footnotes_nor_posts(page: Page) -> None:
    writing = Writing(page, kind="page-editor")
    expect(writing.button("Quotation")).to_be_visible()
    expect(writing.button("Footnote")).to_have_count(0)
    expect(writing.button("Quoted post")).to_have_count(0)


# --- Footnotes ---


def test_a_footnote_gets_its_note_at_the_right_place_and_the_cursor_in_it(page: Page) -> None:
    writing = Writing(page, f"<p>First{REF} and last.</p><p>End{REF}.</p>{notes('one', 'three')}")
    writing.put_cursor("and last")
    writing.button("Footnote").click()
    writing.type("two")
    assert writing.html == f"<p>First{REF} and last{REF}.</p><p>End{REF}.</p>{notes('one', 'two', 'three')}"


def test_the_first_footnote_by_keyboard_and_back_to_the_text(page: Page) -> None:
    writing = Writing(page, "<p>He counts boats.</p>")
    writing.put_cursor("boats")
    writing.press("Control+Alt+f")
    writing.type("Barges too.")
    writing.press("Control+Alt+f")
    writing.type(" still")
    assert writing.html == f"<p>He counts boats{REF} still.</p>{notes('Barges too.')}"


def test_inserting_a_footnote_is_undone_and_redone_as_one_step(page: Page) -> None:
    writing = Writing(page, "<p>He counts boats.</p>")
    writing.put_cursor("boats")
    writing.type(" now")
    writing.button("Footnote").click()
    writing.press("Control+z")
    assert writing.html == "<p>He counts boats now.</p>"
    writing.press("Control+Shift+z")
    assert writing.html == f"<p>He counts boats now{REF}.</p>{notes('')}"


def test_deleting_a_reference_removes_its_note_and_undo_brings_both_back(page: Page) -> None:
    body = f"<p>a{REF} b{REF} c{REF}</p>{notes('one', 'two <em>x</em>', 'three')}"
    writing = Writing(page, body)
    writing.put_cursor(" c", after=False)
    writing.press("Backspace")
    assert writing.html == f"<p>a{REF} b c{REF}</p>{notes('one', 'three')}"
    writing.press("Control+z")
    assert writing.html == body
    writing.press("Control+y")
    writing.press("Control+a", "Delete")
    assert writing.html == ""
    writing.press("Control+z", "Control+z")
    assert writing.html == body


def test_a_cut_and_pasted_paragraph_takes_its_notes_along(page: Page) -> None:
    writing = Writing(page, f"<p>first{REF}</p><p>second{REF} and{REF} so</p><p>third</p>{notes('1', '2', '3')}")
    writing.put_cursor("second", after=False, to=" so")
    writing.press("Control+x")
    assert writing.html == f"<p>first{REF}</p><p>third</p>{notes('1')}"
    writing.put_cursor("first", after=False)
    writing.press("Control+v", "Enter")
    assert writing.html == f"<p>second{REF} and{REF} so</p><p>first{REF}</p><p>third</p>{notes('2', '3', '1')}"


def test_a_copy_of_a_reference_has_a_copy_of_its_note(page: Page) -> None:
    writing = Writing(page, f"<p>one{REF} x</p><p>two</p>{notes('<strong>n</strong> 1')}")
    writing.put_cursor("one", after=False, to=" x")
    writing.press("Control+c")
    writing.put_cursor("two")
    writing.press("Control+v")
    copied = notes("<strong>n</strong> 1", "<strong>n</strong> 1")
    assert writing.html == f"<p>one{REF} x</p><p>twoone{REF} x</p>{copied}"


def test_moving_a_paragraph_in_one_step_moves_its_notes(page: Page) -> None:
    writing = Writing(page, f"<p>a{REF}</p><p>b{REF}</p>{notes('1', '2')}")
    writing.run(
        """const { tr } = editor.state
        const first = editor.state.doc.firstChild
        tr.delete(0, first.nodeSize)
        tr.insert(tr.doc.firstChild.nodeSize, first)
        editor.view.dispatch(tr)"""
    )
    assert writing.html == f"<p>b{REF}</p><p>a{REF}</p>{notes('2', '1')}"
    writing.press("Control+z")


def test_dragging_a_paragraph_moves_its_notes(page: Page) -> None:
    writing = Writing(page, f"<p>alpha{REF} beta</p><p>gamma</p><p>delta{REF}</p>{notes('1', '2')}")
    writing.put_cursor("alpha", after=False, to=" beta")
    source, target = writing.text.get_by_text("alpha"), writing.text.get_by_text("delta")
    source.drag_to(target, source_position={"x": 20, "y": 10}, target_position={"x": 2, "y": 10})
    assert clean(writing.html) == f"<p>gamma</p><p>alpha{REF} betadelta{REF}</p>{notes('1', '2')}"


def test_backspace_in_a_blank_note_removes_it_and_leads_back_to_the_text(page: Page) -> None:
    writing = Writing(page, f"<p>a{REF} b</p>{notes('1')}")
    writing.put_cursor(" b")
    writing.button("Footnote").click()
    writing.press("Backspace")
    writing.type("!")
    assert writing.html == f"<p>a{REF} b!</p>{notes('1')}"


def test_notes_are_not_joined_with_each_other_or_with_the_text(page: Page) -> None:
    body = f"<p>a{REF} b{REF}</p>{notes('one', 'two')}"
    writing = Writing(page, body)
    for words, after, key in [
        ("one", False, "Backspace"),
        ("one", True, "Delete"),
        ("two", False, "Backspace"),
        (" b", True, "Delete"),
    ]:
        writing.put_cursor(words, after=after)
        writing.press(*(["ArrowRight"] if words == " b" else []), key)
        assert writing.html == body, (words, key)


def test_deleting_notes_removes_their_references(page: Page) -> None:
    writing = Writing(page, f"<p>a{REF} b{REF} c{REF}</p>{notes('one', 'two', 'three')}")
    writing.put_cursor("one", to="two")
    writing.press("Delete")
    assert writing.html == f"<p>a{REF} b c{REF}</p>{notes('one', 'three')}"


def test_deleting_from_the_text_into_the_notes_keeps_both_in_step(page: Page) -> None:
    writing = Writing(page, f"<p>a{REF} b</p><p>c{REF} d</p><p>e{REF}</p>{notes('one', 'two', 'three')}")
    writing.put_cursor(" d", after=False, to="tw")
    writing.press("Delete")
    assert writing.html.count(REF) == writing.html.count("<li>")
    writing.press("Control+z")
    assert writing.html == f"<p>a{REF} b</p><p>c{REF} d</p><p>e{REF}</p>{notes('one', 'two', 'three')}"


def test_a_note_may_have_paragraphs_but_no_notes_of_its_own(page: Page) -> None:
    writing = Writing(page, f"<p>a{REF} b{REF} x</p>{notes('one', 'two')}")
    writing.put_cursor("one")
    expect(writing.button("Footnote")).to_have_attribute("aria-disabled", "true")
    expect(writing.button("Quoted post")).to_have_attribute("aria-disabled", "true")
    writing.press("Enter")
    writing.type("more")
    several = '<ol data-footnotes=""><li><p>one</p><p>more</p></li><li><p>two</p></li></ol>'
    assert writing.html == f"<p>a{REF} b{REF} x</p>{several}"
    writing.put_cursor("a", to=" x")
    writing.press("Control+c")
    writing.put_cursor("two")
    writing.press("Control+v")
    assert writing.html == f"<p>a{REF} b{REF} x</p>{several.replace('two', 'two b x')}"


def test_pasting_blocks_into_a_note_keeps_the_words(page: Page) -> None:
    writing = Writing(page, f"<p>a{REF}</p>{notes('one')}")
    writing.put_cursor("one")
    writing.paste(f"<h2>Head</h2><ul><li>item{REF}</li></ul><table><tr><td>cell</td></tr></table>{POST}<p>end</p>")
    post = "<p>Світло дали.</p><p>О шостій.</p><p>Пишіть, у кого ні.</p><p>The power is back.</p><p>At six.</p>"
    post += "<p>Write if yours is not.</p><p>Канал &amp; друзі</p>"
    expected = f'<ol data-footnotes=""><li><p>oneHead</p><p>item</p><p>cell</p>{post}<p>end</p></li></ol>'
    assert writing.html == f"<p>a{REF}</p>{expected}"


def test_a_click_on_a_reference_leads_to_its_note_and_the_arrow_back(page: Page) -> None:
    writing = Writing(page, f"<p>a{REF} b{REF} c</p>{notes('one', 'two')}")
    page.locator("sup[data-footnote]").nth(1).click()
    writing.type("!")
    writing.button("Back to the place in the text").nth(1).click()
    writing.type("?")
    assert writing.html == f"<p>a{REF} b{REF}? c</p>{notes('one', 'two!')}"


def test_references_show_their_numbers(page: Page) -> None:
    Writing(page, f"<p>a{REF} b{REF}</p>{notes('one', 'two')}")
    content = "element => getComputedStyle(element, '::before').content"
    assert page.locator("sup[data-footnote]").nth(1).evaluate(content) == "counter(footnote)"


def test_a_whole_article_copied_into_another_brings_its_notes(page: Page) -> None:
    body = BODIES["court-of-small-claims uk"]
    writing = Writing(page, "court-of-small-claims uk")
    writing.text.focus()
    writing.press("Control+a", "Control+c")
    writing = Writing(page, f"<p>Before.{REF}</p>{notes('mine')}")
    writing.put_cursor("Before.", after=False)
    writing.press("Control+v")
    assert writing.html.count(REF) == body.count(REF) + 1
    assert writing.html.startswith(body[: body.index("<ol")].removesuffix("</p>")[:500])
    assert writing.html.endswith(body[body.index("<ol data") :].removesuffix("</ol>") + "<li><p>mine</p></li></ol>")


def test_notes_without_references_in_the_source_become_text(page: Page) -> None:
    writing = Writing(page, "<p>a</p>")
    writing.button("HTML source").click()
    writing.dialog().get_by_label("HTML").fill(
        f"<p>a{REF} b{REF}</p><ol data-footnotes><li>1</li><li>2</li><li>3</li></ol>"
    )
    writing.dialog().get_by_role("button", name="Update").click()
    assert writing.html == f"<p>a{REF} b{REF}</p><p>3</p>{notes('1', '2')}"


def test_whatever_is_done_each_reference_has_its_note(page: Page) -> None:
    """Hundreds of edits at random places; after each of them references and notes are in step."""
    Writing(page)
    for seed, name in enumerate(
        ["footnotes", "footnotes everywhere", "quoted post and footnotes", "salt-marsh uk"] * 5
    ):
        html, trouble = page.evaluate(_DISORDER, [BODIES[name], seed * 7919 + 1])
        assert trouble == [], f"{name}, seed {seed}"
        assert clean(html).partition("<ol data-footnotes")[2].count("<li>") == html.count(REF)


_DISORDER = """
async ([body, seed]) => {
  const { TextSelection } = (await import("django-prose-editor/editor")).pm.state
  const { editor } = document.querySelector(".ProseMirror[contenteditable]")
  const { view } = editor
  console.warn = () => {} // the library's own commands may leave a cursor between blocks, and say so
  const random = (below) => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return Math.floor(seed / 65536) % below
  }
  const trouble = []
  const check = (what) => {
    const references = []
    const notes = []
    editor.state.doc.descendants((node) => {
      if (node.type.name === "footnoteReference") references.push(notes.length ? "in the notes" : node.attrs.id)
      if (node.type.name === "footnote") notes.push(node.attrs.id)
    })
    if (references.join() !== notes.join() || new Set(notes).size !== notes.length) {
      trouble.push(`${what}: ${references} and ${notes}`)
    }
    editor.state.doc.check()
  }
  const select = () => {
    const size = editor.state.doc.content.size
    const from = random(size + 1)
    const to = random(3) ? Math.min(size, from + random(30)) : random(size + 1)
    const selection = TextSelection.between(editor.state.doc.resolve(from), editor.state.doc.resolve(to))
    view.dispatch(editor.state.tr.setSelection(selection))
  }
  const press = (key) => view.someProp("handleKeyDown", (handle) => handle(view, new KeyboardEvent("keydown", { key })))
  let copied = ""
  const edits = {
    remove: () => editor.commands.deleteSelection(),
    write: () => view.dispatch(editor.state.tr.insertText("z ")),
    note: () => editor.commands.insertFootnote(),
    copy: () => { copied = view.serializeForClipboard(editor.state.selection.content()).dom.innerHTML },
    paste: () => view.pasteHTML(copied),
    pasteAgain: () => view.pasteHTML(copied),
    undo: () => editor.commands.undo(),
    redo: () => editor.commands.redo(),
    backspace: () => press("Backspace"),
    forward: () => press("Delete"),
    enter: () => press("Enter"),
    heading: () => editor.commands.toggleHeading({ level: 2 }),
    list: () => editor.commands.toggleBulletList(),
    quote: () => editor.commands.toggleBlockquote(),
    rule: () => editor.commands.setHorizontalRule(),
  }
  editor.commands.setContent(body)
  check("open")
  for (let step = 0; step < 40 && !trouble.length; step++) {
    const [name, edit] = Object.entries(edits)[random(Object.keys(edits).length)]
    select()
    edit()
    check(`${step} ${name}`)
  }
  return [editor.getHTML(), trouble]
}
"""


# --- Quoted posts ---


def test_a_post_is_quoted_by_keyboard_alone(page: Page) -> None:
    writing = Writing(page, "<p>He wrote:</p><p>Then nothing.</p>", language="en")
    writing.put_cursor("He wrote:")
    writing.button("Quoted post").focus()
    writing.press("Enter")
    expect(writing.dialog()).to_be_visible()
    writing.type("Канал & друзі")
    writing.press("Tab")
    writing.type("Telegram")
    writing.press("Tab")
    writing.type("https://t.example/kanal/7")
    writing.press("Tab")
    writing.type("03012026")
    page.get_by_label("Language of the original").focus()
    writing.type("uk")
    writing.press("Tab")
    writing.type("Світло дали.")
    writing.press("Enter")
    writing.type("О шостій.")
    writing.press("Enter", "Enter")
    writing.type("Пишіть, у кого ні.")
    writing.press("Tab")
    writing.type("The power is back.")
    writing.press("Enter")
    writing.type("At six.")
    writing.press("Enter", "Enter")
    writing.type("Write if yours is not.")
    writing.press("Tab", "Enter")
    expect(writing.dialog()).to_have_count(0)
    assert writing.html == f"<p>He wrote:</p>{POST}<p>Then nothing.</p>"


def test_a_post_is_changed_after_enter_and_keeps_its_date_in_words(page: Page) -> None:
    writing = Writing(page, f"<p>a</p>{POST.replace('1 March 2026', 'the first of March')}<p>b</p>")
    writing.put_cursor("a")
    writing.press("ArrowDown", "Enter")
    expect(page.get_by_label("Date")).to_have_value("2026-03-01")
    expect(page.get_by_label("Original words")).to_have_value("Світло дали.\nО шостій.\n\nПишіть, у кого ні.")
    page.get_by_label("Author").fill("Another <b>")
    writing.press("Enter")
    expected = POST.replace("1 March 2026", "the first of March").replace("Канал &amp; друзі", "Another &lt;b&gt;")
    assert writing.html == f"<p>a</p>{expected}<p>b</p>"
    writing.press("Control+z")
    assert "Канал" in writing.html


def test_the_date_of_a_post_is_written_in_the_language_of_the_text(page: Page) -> None:
    for language, words in [("uk", "1 березня 2026 року"), ("en", "1 March 2026")]:
        writing = Writing(page, POST, language=language)
        page.locator("figure").dblclick()
        page.get_by_label("Date").fill("2026-02-01")
        page.get_by_label("Date").fill("2026-03-01")
        writing.dialog().get_by_role("button", name="Put it into the text").click()
        assert "1 March 2026" in writing.html  # the day did not change
        writing.press("Enter")
        page.get_by_label("Date").fill("2026-03-02")
        writing.dialog().get_by_role("button", name="Put it into the text").click()
        assert f'<time datetime="2026-03-02">{words.replace("1", "2", 1)}</time>' in writing.html


def test_a_post_needs_its_author_platform_link_and_words(page: Page) -> None:
    writing = Writing(page, "<p>a</p>")
    writing.put_cursor("a")
    writing.button("Quoted post").click()
    save = writing.dialog().get_by_role("button", name="Put it into the text")
    for label, wrong, right in [
        ("Author", " ", "A"),
        ("Platform", "", "Наша мережа"),
        ("Link to the post", "http://a.example", "https://a.example/1"),
        ("Original words", "  ", "words"),
    ]:
        page.get_by_label(label).fill(wrong)
        save.click()
        expect(writing.dialog()).to_be_visible()
        page.get_by_label(label).fill(right)
    save.click()
    assert writing.html == (
        '<p>a</p><figure data-post="other"><blockquote cite="https://a.example/1"><p>words</p></blockquote><figcaption>'
        '<cite>A</cite> <a href="https://a.example/1">Наша мережа</a></figcaption></figure>'
    )


def test_a_dialog_left_by_escape_changes_nothing_and_returns_to_the_text(page: Page) -> None:
    writing = Writing(page, "<p>a</p>")
    writing.put_cursor("a")
    writing.button("Quoted post").click()
    writing.type("Somebody")
    writing.press("Escape")
    expect(writing.dialog()).to_have_count(0)
    expect(writing.text).to_be_focused()
    writing.type("b")
    assert writing.html == "<p>ab</p>"
    writing.put_cursor("a", after=False, to="b")
    writing.press("Control+k")
    page.get_by_label("URL").press("Escape")
    expect(writing.dialog()).to_have_count(0)
    writing.type("c")
    assert writing.html == "<p>c</p>"


def test_a_link_in_a_post_is_not_followed_from_the_editor(page: Page) -> None:
    writing = Writing(page, POST)
    page.locator("figure a").click()
    expect(writing.text).to_be_visible()
    assert page.url.startswith(page.url.split("/editor/")[0] + "/editor/")


def test_the_editor_and_its_dialogs_have_no_accessibility_violations(page: Page) -> None:
    for theme in ("", "dark"):
        writing = Writing(page, "footnotes everywhere", theme=theme)
        assert _violations(page) == []
        writing.put_cursor("a", after=False)
        writing.button("Quoted post").click()
        assert _violations(page) == []
        writing.press("Escape")


def _violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]} {node['any']}" for one in found for node in one["nodes"]]


# --- Links and lists ---


def test_a_link_has_address_and_title_and_no_target(page: Page) -> None:
    writing = Writing(page, "<p>See the report now.</p>")
    writing.put_cursor("See ", to="report")
    writing.press("Control+k")
    expect(writing.dialog().get_by_role("checkbox")).to_have_count(0)
    page.get_by_label("URL").fill("https://a.example/1")
    page.get_by_label("Title").fill("A report")
    writing.press("Enter")
    assert writing.html == '<p>See <a href="https://a.example/1" title="A report">the report</a> now.</p>'


def test_what_one_types_is_not_made_a_link(page: Page) -> None:
    writing = Writing(page)
    writing.text.click()
    writing.type("Look at www.a.example and https://b.example/ please ")
    writing.press("Enter")
    writing.type("x")
    assert writing.html == "<p>Look at www.a.example and https://b.example/ please</p><p>x</p>"


# --- Paste ---

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm} --></style></head>
<body lang=UK style='tab-interval:36.0pt'><!--StartFragment-->
<h1 style='margin-top:12pt'><span lang=EN-GB style='font-size:16pt;color:#2F5496'>The lock<o:p></o:p></span></h1>
<p class=MsoNormal><span lang=EN-GB style='font-family:"Calibri",sans-serif'>He counts <b>boats</b> and
<i style='mso-bidi-font-style:normal'>barges</i>.<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span
class=MsoFootnoteReference>[1]</span><![endif]></span></span></a> So it&nbsp;is.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>one</p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72pt;mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp;
</span></span>deep</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>two</p>
<p class=MsoNormal>See <a href="https://a.example/">the page</a>, <a name="_Toc1"></a><a href="#_Toc1">there</a>, <a
href="file:///C:/x.doc">mine</a>.</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr style='height:1cm'><td width=100 valign=top
style='width:3cm'><p class=MsoNormal align=center style='text-align:center'>1<o:p></o:p></p></td></tr></table>
<div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width="33%">
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1"
name="_ftn1" title=""><span class=MsoFootnoteReference>[1]</span></a><span lang=EN-GB> Canoes <i>too</i>.</span></p></div></div>
<!--EndFragment--></body></html>"""


def test_what_is_pasted_from_word_is_clean_text_with_its_lists_and_footnotes(page: Page) -> None:
    writing = Writing(page)
    writing.text.click()
    writing.paste(WORD)
    assert writing.html == (
        f"<h2>The lock</h2><p>He counts <strong>boats</strong> and <em>barges</em>.{REF} So it&nbsp;is.</p>"
        "<ul><li><p>one</p><ol><li><p>deep</p></li></ol></li><li><p>two</p></li></ul>"
        '<p>See <a href="https://a.example/">the page</a>, there, mine.</p>'
        f"<table><tbody><tr><td><p>1</p></td></tr></tbody></table>{notes('Canoes <em>too</em>.')}"
    )


def test_what_is_pasted_from_google_docs_is_clean_text(page: Page) -> None:
    writing = Writing(page)
    writing.text.click()
    writing.paste(
        '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h1 dir="ltr"><span style="font-weight:400">'
        'Title</span></h1><p dir="ltr" style="line-height:1.38"><span style="font-weight:400">Plain, </span><span style='
        '"font-weight:700">bold</span><span style="font-style:italic">, slanted</span><span style="text-decoration:line-through">,'
        ' gone</span><span style="font-size:0.6em;vertical-align:super">2</span></p><br><ul><li dir="ltr" aria-level="1"><p dir="ltr"'
        ' role="presentation"><span>a</span></p></li><ul><li aria-level="2"><p><span>b</span></p></li></ul></ul><p><a href='
        '"https://www.google.com/url?q=https://a.example/1&amp;sa=D" style="text-decoration:none"><span style="color:#1155cc;'
        'text-decoration:underline">link</span></a></p></b><br class="Apple-interchange-newline">'
    )
    assert writing.html == (
        "<h2>Title</h2><p>Plain, <strong>bold</strong><em>, slanted</em><s>, gone</s><sup>2</sup></p>"
        '<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul><p><a href="https://a.example/1">link</a></p>'
    )


def test_what_is_pasted_from_libre_office_keeps_its_footnotes(page: Page) -> None:
    writing = Writing(page, "<p>before</p>")
    writing.put_cursor("before")
    writing.press("Enter")
    writing.paste(
        '<p class="western">One<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>, two<a class='
        '"sdfootnoteanc" name="sdfootnote2anc" href="#sdfootnote2sym"><sup>2</sup></a>.</p><div id="sdfootnote1"><p class='
        '"sdfootnote-western"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>\tfirst</p></div><div id='
        '"sdfootnote2"><p><a class="sdfootnotesym" name="sdfootnote2sym" href="#sdfootnote2anc">2</a>second</p><p>more</p></div>'
    )
    several = '<ol data-footnotes=""><li><p>first</p></li><li><p>second</p><p>more</p></li></ol>'
    assert writing.html == f"<p>before</p><p>One{REF}, two{REF}.</p>{several}"


def test_what_is_pasted_from_our_own_page_leaves_its_furniture(page: Page) -> None:
    writing = Writing(page)
    writing.text.click()
    writing.paste(
        '<p>a<sup data-footnote="" data-furniture="" id="ref-1"><a href="#note-1" aria-label="Note 1">1</a></sup> b</p>'
        '<h2 class="notes-heading" data-furniture="">Notes</h2><ol data-footnotes=""><li id="note-1"><p>n <em>1</em> '
        '<a href="#ref-1" class="back" data-furniture="">↩</a></p></li></ol>'
    )
    assert writing.html == f"<p>a{REF} b</p>{notes('n <em>1</em>')}"


def test_plain_text_pasted_is_paragraphs(page: Page) -> None:
    writing = Writing(page)
    writing.text.click()
    writing.paste("", "One <b>.\n\nTwo.")
    assert writing.html == "<p>One &lt;b&gt;.</p><p>Two.</p>"
