"""The door for a WSGI server: `gunicorn wsgi:app`. Reads the settings from the environment and nothing else."""

import os

from portal.app import create_app
from portal.settings import Settings

app = create_app(Settings.from_env(os.environ))
