import os
import sqlite3

from flask import Flask, request

UPLOAD_FOLDER = "/srv/app/data/uploads"
DATABASE = "data/notes.db"

app = Flask(__name__)
os.makedirs(UPLOAD_FOLDER, exist_ok=True)
with sqlite3.connect(DATABASE) as connection:
    connection.execute("create table if not exists notes (text text)")


@app.get("/hello")
def hello():
    return "hello\n"


@app.post("/notes")
def add():
    with sqlite3.connect(DATABASE) as connection:
        connection.execute("insert into notes values (?)", [request.get_data(as_text=True)])
        return str(connection.execute("select count(*) from notes").fetchone()[0])


@app.post("/files")
def upload():
    request.files["file"].save(os.path.join(UPLOAD_FOLDER, "file"))
    return str(os.path.getsize(os.path.join(UPLOAD_FOLDER, "file")))
