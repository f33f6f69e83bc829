"""The unit: a bare Flask view that returns a short string."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    return "hello"
