"""A small web page on this computer, for people who use no terminal.

make_app(Settings())     the page as a WSGI application
serve(Settings())        the page at http://127.0.0.1:…, until Ctrl-C
"""

from sim.page.settings import Settings

__all__ = ["Settings"]
