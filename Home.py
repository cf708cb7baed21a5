"""`streamlit run Home.py` imports this once as the web server and runs it for every visit as the screen."""

import streamlit as st

if __name__ == "__main__":
    from core.ui.shell import shell

    shell()
else:
    from streamlit.runtime.pages_manager import PagesManager

    from core import server

    # Streamlit would run a file of pages/ by itself, past the sign-in, as long as nobody has opened the menu.
    PagesManager.uses_pages_directory = False
    app = st.App(
        "Home.py",
        routes=server.routes,
        middleware=server.middleware,
        lifespan=server.lifespan,
        secrets=server.secrets() or None,
    )
