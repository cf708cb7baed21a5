"""OGC API Features at /ogc/: QGIS and other programs read the layers that an account may see.

Source: OGC API - Features - Part 1: Core (17-069r4); what QGIS demands beyond it stands with the documents.
"""

from core.server.ogc.pages import routes

__all__ = ["routes"]
