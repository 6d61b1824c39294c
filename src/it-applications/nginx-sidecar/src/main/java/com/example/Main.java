package com.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

public class Main {
    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 8080), 0);
        server.createContext("/hello", exchange -> answer(exchange, "hello".getBytes(StandardCharsets.UTF_8)));
        server.createContext("/large", exchange -> answer(exchange, new byte[8_000_000]));
        server.createContext("/upload", exchange -> {
            int size = exchange.getRequestBody().readAllBytes().length;
            answer(exchange, (size + " bytes").getBytes(StandardCharsets.UTF_8));
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
