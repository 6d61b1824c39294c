package com.example;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.multipart.CompletedFileUpload;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;

@Controller
class HelloController {
    @Get(uri = "/hello", produces = MediaType.TEXT_PLAIN)
    String hello() {
        return "hello";
    }

    @ExecuteOn(TaskExecutors.BLOCKING)
    @Post(uri = "/upload", consumes = MediaType.MULTIPART_FORM_DATA, produces = MediaType.TEXT_PLAIN)
    String upload(CompletedFileUpload file) throws IOException {
        return file.getBytes().length + " bytes";
    }
}
