package com.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@SpringBootApplication
@RestController
public class Application {
    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }

    @GetMapping("/hello")
    Mono<String> hello() {
        return Mono.just("hello");
    }

    @PostMapping("/upload")
    Mono<String> upload(@RequestPart("file") FilePart file) {
        return DataBufferUtils.join(file.content()).map(Application::sizeOf);
    }

    private static String sizeOf(DataBuffer content) {
        try {
            return content.readableByteCount() + " bytes";
        } finally {
            DataBufferUtils.release(content);
        }
    }
}
