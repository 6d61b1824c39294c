package com.example;

import io.javalin.Javalin;
import java.nio.file.Files;
import java.nio.file.Path;

public class Main {
    public static void main(String[] args) {
        Path notes = Path.of(System.getProperty("notes.directory", "notes"));
        Javalin.create()
                .get("/hello", context -> context.result("hello"))
                .post("/upload", context -> context.result(context.uploadedFile("file").size() + " bytes"))
                .put("/notes/{name}", context -> {
                    Files.createDirectories(notes);
                    Files.write(notes.resolve(context.pathParam("name")), context.bodyAsBytes());
                    context.status(201);
                })
                .start(8080);
    }
}
