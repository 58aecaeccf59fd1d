"""Pictures as pages show them: files for every width, the point that stays in sight, caption and credit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.pictures import TEXT_SIZES, Shown, focus_classes, public_url, rendition_name, sources


def picture(
    shown: Shown | Mapping[str, Any], alt: str, *, focus: str = "", sizes: str = TEXT_SIZES, is_first: bool = False
) -> SafeString:
    """The `<picture>` element. What readers see first is fetched at once, everything else when it comes near.

    `focus` is the article's own point, where it has one; without renditions nothing is shown.
    """
    if not shown["widths"]:
        return SafeString("")
    files = sources(dict(shown), sizes=sizes)
    when = 'fetchpriority="high"' if is_first else 'loading="lazy"'
    return format_html(
        '<picture><source type="{}" srcset="{}" sizes="{}"><img src="{}" srcset="{}" sizes="{}" width="{}" height="{}"'
        ' class="{}" alt="{}" {} decoding="async"></picture>',
        files.modern_type,
        files.modern_srcset,
        files.sizes,
        files.src,
        files.srcset,
        files.sizes,
        files.width,
        files.height,
        focus_classes(focus or shown["focus"]),
        alt,
        SafeString(when),
    )


def credit(shown: Shown | Mapping[str, Any]) -> SafeString:
    """Who made the picture: furniture, no text of the article; linked to where it comes from."""
    if not shown["credit"]:
        return SafeString("")
    name = format_html("{}", shown["credit"])
    if shown["source_url"]:
        name = format_html('<a href="{}" rel="noopener">{}</a>', shown["source_url"], name)
    label = _("Picture:")
    return format_html(
        '<span class="picture-credit" data-furniture=""><span class="visually-hidden">{} </span>{}</span>', label, name
    )


@dataclass(frozen=True, slots=True)
class File:
    """One file, for those who take no `srcset`."""

    url: str  # its path or address
    width: int
    height: int


def jpeg(shown: Shown | Mapping[str, Any], width: int) -> File:
    """The JPEG that comes nearest to `width`. Raises ValueError without renditions."""
    nearest = min(shown["widths"], key=lambda each: abs(each - width))
    height = round(shown["height"] * nearest / shown["width"])
    return File(public_url(rendition_name(shown["key"], nearest, "jpg")), nearest, height)
