"""Why an action cannot be done, each with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.models import Article, Picture, Refusal


class ArticleError(Exception):
    """The reason, as a sentence for the editor: `str(error)`."""


class CannotPublish(ArticleError):
    """Something that publishing demands is missing; `pictures` says in sentences what their pictures lack.

    `reasons` says each in a sentence of its own.
    """

    def __init__(self, missing: Sequence[str], pictures: Sequence[str] = ()) -> None:
        self.missing, self.pictures = list(missing), list(pictures)
        sentences = {
            "title": _("Give it a title."),
            "text": _("Write the text."),
            "original": _("Name the original that was translated."),
            "translator": _("Name the translator under “Credits”."),
            "section": _("Choose a section."),
            "notice": _("Write the notice that tells readers what changed."),
            "notice_place": _("Say where the notice stands."),
            "reason": _("Write the reason that readers are told."),
        }
        self.reasons = [*(sentences[name] for name in self.missing), *self.pictures]
        super().__init__(" ".join([_("It cannot be published yet."), *self.reasons]))


class AlreadyPublished(ArticleError):
    def __init__(self) -> None:
        super().__init__(_("This article is public already. To change it, use “Publish changes”."))


class NotPublished(ArticleError):
    def __init__(self) -> None:
        super().__init__(_("This article is not public, so there is nothing to change in public. Publish it first."))


class AlreadyRetracted(ArticleError):
    def __init__(self) -> None:
        super().__init__(_("This article is retracted already."))


class AlreadyDecided(ArticleError):
    def __init__(self) -> None:
        super().__init__(_("This assignment is no longer open."))


class TakenDown(ArticleError):
    def __init__(self) -> None:
        super().__init__(_("This article has been taken down. Put it back first."))


class NothingToRead(ArticleError):
    def __init__(self) -> None:
        super().__init__(_("There is nothing to read yet. Write a title and a text before you hand it in."))


class NotScheduled(ArticleError):
    def __init__(self) -> None:
        super().__init__(_("Nothing is scheduled, or its moment has come already."))


class NothingToPublish(ArticleError):
    def __init__(self) -> None:
        super().__init__(
            _("Nothing differs from the published version. Change the text or add a notice, then try again.")
        )


class ChangeScheduled(ArticleError):
    def __init__(self, goes_live_at: datetime) -> None:
        when = date_format(localtime(goes_live_at), "DATETIME_FORMAT")
        super().__init__(
            _("A version is scheduled for %(when)s and would replace what you publish now. Cancel the schedule first.")
            % {"when": when}
        )


class AddressTaken(ArticleError):
    def __init__(self, slug: str, article: Article) -> None:
        super().__init__(
            _(
                "The address “%(slug)s” once belonged to “%(article)s”, and readers still follow it there. Choose another."
            )
            % {"slug": slug, "article": article}
        )


class WrongDate(ArticleError):
    def __init__(self) -> None:
        super().__init__(_("This moment has passed. Choose one in the future, or publish now."))


class EditedMeanwhile(ArticleError):
    """Somebody saved since this form was opened; `theirs` is what they saved."""

    def __init__(self, theirs: Article) -> None:
        self.theirs = theirs
        super().__init__(
            _(
                "%(name)s saved this article after you had opened it. Nothing of yours is lost: it is still in this form. "
                "Compare it with the saved text above, then save again to keep yours."
            )
            % {"name": theirs.edited_by or _("Somebody")}
        )


class MovedOn(ArticleError):
    """Another version is public by now than the one that was looked at."""

    def __init__(self) -> None:
        super().__init__(_("This article was changed meanwhile. Look at what stands there now, then decide again."))


class PictureRefused(ArticleError):
    """A file that cannot become a picture."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(str(refusal.label))


class AlreadyCredited(ArticleError):
    def __init__(self) -> None:
        super().__init__(_("This picture has a credit already. Change it in the library."))


class PictureMissing(ArticleError):
    """The lead picture was deleted meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This picture is not in the library. Choose another one, or none."))


class PictureInUse(ArticleError):
    """A picture that articles show, or showed in one of their versions, stays."""

    def __init__(self, picture: Picture, titles: Sequence[str]) -> None:
        self.picture = picture
        super().__init__(
            _(
                "“%(picture)s” is used in %(articles)s, so it cannot be deleted. Take it out there first; what was published stays."
            )
            % {"picture": picture, "articles": ", ".join(f"“{title}”" for title in titles)}
        )


class WordsStillPublic(ArticleError):
    """Words that are to go from the past stand in the present: `where` is "working copy", "live" or "next"."""

    def __init__(self, where: str) -> None:
        self.where = where
        sentences = {
            "working copy": _("The working copy still has these words. Take them out there and publish that first."),
            "live": _("Readers still see these words. Publish the article without them first."),
            "next": _("The scheduled version has these words. Cancel the schedule, and schedule it without them."),
        }
        super().__init__(sentences[where])


class UnreadableLog(ArticleError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "No line of this log can be read. Understood are nginx’s format “combined” and lines of JSON with nginx’s "
                "names for the fields, packed by gzip or not."
            )
        )
