"""Work in the background: the queue is django-tasks-db's, what it lacks is here (decision 30)."""
