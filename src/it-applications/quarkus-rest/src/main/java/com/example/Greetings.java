package com.example;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

@Path("/")
public class Greetings {
    @GET
    @Path("hello")
    public String hello() {
        return "hello";
    }

    @POST
    @Path("upload")
    public String upload(@RestForm("file") FileUpload file) {
        return file.size() + " bytes";
    }
}
