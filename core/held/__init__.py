"""What is held about a person, one file for each part: the copy that somebody may ask for (个人信息保护法 45) has them
all."""
