"""Reports in running text to incidents, by rules and word lists."""

from geo.extract.article import Reading, extract_article, read_article_text, reading_as_json
from geo.extract.records import ExtractedIncident
from geo.extract.views import incidents_as_json

__all__ = ["ExtractedIncident", "Reading", "extract_article", "incidents_as_json", "read_article_text", "reading_as_json"]
