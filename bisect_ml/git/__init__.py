"""Git as a program: started so that a repository can run, fetch or bend nothing."""
