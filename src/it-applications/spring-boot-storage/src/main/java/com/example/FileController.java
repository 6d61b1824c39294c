package com.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
class FileController {
    private final Path location;
    private final String exports;

    FileController(StorageProperties properties, @Value("${exports.directory:/var/lib/exports}") String exports) {
        this.location = Paths.get(properties.getLocation());
        this.exports = exports;
        try {
            Files.createDirectories(location);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not initialize storage", e);
        }
    }

    @PostMapping("/files/{name}")
    void store(@PathVariable String name, @RequestParam("file") MultipartFile file) throws IOException {
        file.transferTo(location.resolve(name).toAbsolutePath());
    }

    @GetMapping("/files/{name}")
    Resource load(@PathVariable String name) {
        return new FileSystemResource(location.resolve(name));
    }

    @PostMapping("/exports/{name}")
    String export(@PathVariable String name) throws IOException {
        Path export = Path.of(exports, name + ".csv");
        Files.writeString(export, "name,size\n");
        return export.toString();
    }
}
