"""The editor of texts: what it offers, and the form fields that give it to the admin.

An `ArticleBodyField` knows footnotes, quoted posts and pictures; a `PageBodyField`, for pages and wordings, does not. Both
return HTML in the form in which it is kept (`newsroom.html.clean`).
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import ImportMap, Media

from newsroom.html import clean

_TOOLBAR = {
    "toolbar": _("Formatting"),
    "text": _("Text"),
    "paragraph": _("Paragraph"),
    "heading2": _("Heading"),
    "heading3": _("Smaller heading"),
    "bold": _("Bold"),
    "italic": _("Italic"),
    "strike": _("Struck through"),
    "subscript": _("Subscript"),
    "superscript": _("Superscript"),
    "link": _("Link"),
    "unlink": _("Remove the link"),
    "bulletList": _("Bulleted list"),
    "orderedList": _("Numbered list"),
    "orderedListProperties": _("First number of the list"),
    "blockquote": _("Quotation"),
    "horizontalRule": _("Break between parts"),
    "footnote": _("Footnote"),
    "quotedPost": _("Quoted post"),
    "picture": _("Picture"),
    "table": _("Table"),
    "table:addColumnAfter": _("Add a column"),
    "table:deleteColumn": _("Delete the column"),
    "table:addRowAfter": _("Add a row"),
    "table:deleteRow": _("Delete the row"),
    "table:mergeCells": _("Merge cells"),
    "table:splitCell": _("Split the cell"),
    "table:toggleHeaderCell": _("Header cell"),
    "table:deleteTable": _("Delete the table"),
    "history:undo": _("Undo"),
    "history:redo": _("Redo"),
    "html": _("HTML source"),
}
_FOOTNOTE = {"footnote": _("Footnote"), "back": _("Back to the place in the text")}
_POST = {
    "post": _("Quoted post"),
    "edit": _("Edit the post"),
    "author": _("Author"),
    "platform": _("Platform"),
    "link": _("Link to the post"),
    "day": _("Date"),
    "lang": _("Language of the original"),
    "code": _("its code, such as “uk”; optional"),
    "original": _("Original words"),
    "translation": _("Our translation"),
    "optional": _("optional"),
    "required": _("Write the words of the post."),
    "https": _("A full address that begins with https://"),
    "save": _("Put it into the text"),
}
#: The words of the dialog in which a picture is chosen; an article's lead picture is chosen in the same.
PICTURE_WORDS = {
    "picture": _("Picture"),
    "edit": _("Edit the picture"),
    "captionHere": _("Caption"),
    "insert": _("Put it into the text"),
    "keep": _("Keep"),
    "lead": _("Make it the lead picture"),
    "remove": _("Remove the picture"),
    "cancel": _("Cancel"),
    "leave": _("Leave without keeping what you typed here?"),
    "another": _("Another picture…"),
    "upload": _("Upload a picture"),
    "uploadHelp": _("Or drop it here, or paste it. JPEG, PNG, WebP, AVIF or GIF, at most 20 MB and 40 megapixels."),
    "uploading": _("The picture is being uploaded…"),
    "search": _("Search the library"),
    "library": _("Pictures of the library"),
    "more": _("More pictures"),
    "nothing": _("No picture of the library fits."),
    "alt": _("Description"),
    "altHelp": _("What is to be seen, for those who do not see it. Needed before it is published."),
    "caption": _("Caption"),
    "captionHelp": _("Shown under the picture; optional."),
    "credit": _("Credit"),
    "creditHelp": _("Who made it and whose it is. Kept in the library, and needed before it is published."),
    "focus": _("The point that stays in sight"),
    "focusHelp": _(
        "Click on the picture, or move it with the arrow keys. Where the picture is cropped, this point is kept."
    ),
    "across": _("From left to right"),
    "down": _("From top to bottom"),
    "chooseFirst": _("Choose a picture of the library first, or upload one."),
    "missing": _("This picture is not in the library. Choose another one, or delete it."),
    "waiting": _("The picture is being prepared."),
    "noAlt": _("It has no description yet."),
    "noCredit": _("It has no credit yet."),
    "tooBig": _("The file is larger than 20 MB. Save it smaller, or as JPEG."),
    "failed": _("The library does not answer. Nothing is lost; try again in a moment."),
}
#: The order of marks here is the order in which they nest, as in `newsroom.html.lines.MARKS`.
_PAGE: dict[str, Any] = {
    "Menu": {
        "groups": [
            {"group": "blockType -lists"},
            {"group": "marks"},
            {"group": "link"},
            {"group": "lists"},
            {"group": "nodes -blockType -lists"},
            {"group": "table"},
            {"group": "history"},
            {"group": "utility"},
        ]
    },
    "NoSpellCheck": False,
    "Heading": {"levels": [2, 3]},
    "HouseLink": {"enableTarget": False, "autolink": False},
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "HardBreak": True,
    "Blockquote": True,
    "BulletList": True,
    "OrderedList": {"listTypes": [{"label": "1, 2, 3 …", "type": "decimal"}]},
    "ListItem": True,
    "HorizontalRule": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "SpecialCharacters": True,
    "HTML": True,
    "House": {"labels": _TOOLBAR},
}
_ARTICLE: dict[str, Any] = _PAGE | {
    "Document": False,
    "ArticleDocument": True,
    "Footnotes": {"labels": _FOOTNOTE},
    "QuotedPost": {"labels": _POST},
    "Picture": {"labels": PICTURE_WORDS},
    "PictureCaption": True,
}
#: What scripts of ours import by name, whatever the file is called after collectstatic.
MODULES = ImportMap({"newsroom/picture-dialog": "js/editor/picture-dialog.js"})


def picture_addresses(language: str) -> dict[str, str]:
    """Where the dialog finds the library; `language` is the edition in whose words it describes pictures."""
    names = ("search", "status", "upload", "credit")
    query = urlencode({"edition": language})
    addresses = {name: f"{reverse(f'admin:articles_picture_{name}')}?{query}" for name in names}
    return addresses | {"language": language}


class BodyWidget(AdminProseEditorWidget):  # type: ignore[misc]
    """The library's editor with our style sheet. `language` is that of the text, by default that of the page."""

    language = ""

    @property
    def media(self) -> Media:
        library = ["django_prose_editor/editor.css", "django_prose_editor/overrides.css"]  # ours comes after them
        return super().media + Media(
            css={"all": [*library, "css/editor.css", "css/picture-dialog.css"]}, importmap=MODULES
        )

    def get_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().get_config()
        extensions = dict(config["extensions"])
        for name in ("House", "QuotedPost", "Picture"):
            if name in extensions:
                extensions[name] = extensions[name] | {"language": self.language}
        if "Picture" in extensions:
            extensions["Picture"] |= {"urls": picture_addresses(self.language)}
        return config | {"extensions": extensions}


class PageBodyField(ProseEditorFormField):  # type: ignore[misc]
    """Text with headings, quotations, lists, links and tables."""

    extensions = _PAGE

    def __init__(self, *, language: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("widget", BodyWidget)
        super().__init__(config={"extensions": self.extensions}, sanitize=clean, **kwargs)
        self.language = language

    @property
    def language(self) -> str:
        """The language of the text, such as the edition's: for spelling, and for the dates of quoted posts."""
        return str(getattr(self.widget, "language", ""))

    @language.setter
    def language(self, code: str) -> None:
        self.widget.language = code


class ArticleBodyField(PageBodyField):
    """The same with footnotes, quoted posts and pictures."""

    extensions = _ARTICLE
