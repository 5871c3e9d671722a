# The back office as one image; `compose.yaml` runs it twice, as web server and as worker.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes -r requirements/base.txt

COPY . .
# Building needs settings but no real secret: none is kept in the image.
RUN pybabel compile -D django -d locale \
    && DATABASE_URL=sqlite:///:memory: python manage.py collectstatic --noinput \
    && useradd --system --no-create-home backoffice \
    && chown -R backoffice var

USER backoffice
ENV PORT=8000
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "import http.client, os, sys; \
    host = os.environ.get('ALLOWED_HOSTS', '').split(',')[0].strip(' .*') or 'localhost'; \
    web = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); \
    web.request('GET', '/health/', headers={'Host': host}); sys.exit(web.getresponse().status != 200)"]
CMD exec gunicorn backoffice.wsgi --bind 0.0.0.0:$PORT --worker-tmp-dir /dev/shm
