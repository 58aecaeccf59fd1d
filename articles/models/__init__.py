from .article import Article, FormerSlug, RelatedArticle
from .assignments import Assignment
from .originals import Original, Source
from .people import Contributor, ContributorName, Credit
from .pictures import LeadPicture, Picture, PictureText, PictureUse, Refusal
from .reads import CountedLog, ReadCount
from .revisions import Revision
from .search import SearchEntry, SearchWord
from .subjects import Section, Topic

__all__ = [
    "Article",
    "Assignment",
    "Contributor",
    "ContributorName",
    "CountedLog",
    "Credit",
    "FormerSlug",
    "LeadPicture",
    "Original",
    "Picture",
    "PictureText",
    "PictureUse",
    "ReadCount",
    "Refusal",
    "RelatedArticle",
    "Revision",
    "SearchEntry",
    "SearchWord",
    "Section",
    "Source",
    "Topic",
]
