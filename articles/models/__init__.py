from .article import Article, FormerSlug, RelatedArticle
from .assignments import Assignment
from .originals import Original, Source
from .people import Contributor, ContributorName, Credit
from .revisions import Revision
from .search import SearchEntry, SearchWord
from .subjects import Section, Topic

__all__ = [
    "Article",
    "Assignment",
    "Contributor",
    "ContributorName",
    "Credit",
    "FormerSlug",
    "Original",
    "RelatedArticle",
    "Revision",
    "SearchEntry",
    "SearchWord",
    "Section",
    "Source",
    "Topic",
]
