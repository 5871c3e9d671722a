"""The web server's settings, read by every `gunicorn backoffice.wsgi` that is started in this folder.

The command line comes after it: --bind says where, --workers how many processes this machine has room for.
"""

worker_class = "backoffice.server.Worker"
logger_class = "backoffice.server.Log"
accesslog = None

# Pages of a process must go on while as many downloads as it allows (DOWNLOADS_AT_ONCE, 4) wait for slow readers.
workers = 2
threads = 8
keepalive = 5
control_socket_disable = True

# What a stranger may send: the longest address of a list with all its filters, and the head around it.
limit_request_line = 8_190
limit_request_fields = 60
limit_request_field_size = 16_380
