"""Base maps: what lies under every layer. Lines and areas of the office's own, and pictures from files or services."""
