"""The entry for an ASGI server, where LIVE_STREAM is on: who follows holds a line open, all else goes on by WSGI."""

from a2wsgi import WSGIMiddleware

from .wsgi import application as wsgi

THREADS = 8
_pages = WSGIMiddleware(wsgi, workers=THREADS)


async def application(scope, receive, send) -> None:
    """Whatever the server is asked."""
    from .views.streams import asks_for_stream, stream

    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif asks_for_stream(scope):
        await stream(scope, receive, send)
    else:
        await _pages(scope, receive, send)


async def _lifespan(receive, send) -> None:
    while True:
        step = (await receive())["type"]
        await send({"type": f"{step}.complete"})
        if step == "lifespan.shutdown":
            return
