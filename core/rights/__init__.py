"""The rights of people over their own data (个人信息保护法 44–50): requests with their due day, consent texts with
their versions, and who consented to what."""
