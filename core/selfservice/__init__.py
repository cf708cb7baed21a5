"""The own page of a resident: a one-time code opens what is held about them, and from there they ask, correct, object
and have deleted (个人信息保护法 44–50). Whoever came in by a code sees one person and nobody else."""
