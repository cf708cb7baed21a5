"""Jobs, one or a few of a kind in each file: whatever is declared here with `@job` can be started or has its night."""
