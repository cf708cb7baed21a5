"""What may be looked at of requests and consents; results are plain values."""

from core.rights.queries.of_consents import ConsentLine, TextLine, consents, current_texts, text, texts
from core.rights.queries.of_requests import RequestDetail, RequestLine, open_counts, request, requests

__all__ = [
    "ConsentLine",
    "RequestDetail",
    "RequestLine",
    "TextLine",
    "consents",
    "current_texts",
    "open_counts",
    "request",
    "requests",
    "text",
    "texts",
]
