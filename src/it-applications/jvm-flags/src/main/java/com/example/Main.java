package com.example;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

public class Main {
    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
        server.createContext("/hello", exchange -> {
            byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/exhaust", exchange -> {
            List<long[]> held = new ArrayList<>();
            try {
                while (true) {
                    held.add(new long[1 << 20]);
                }
            } catch (OutOfMemoryError e) {
                exchange.sendResponseHeaders(507, -1);
                exchange.close();
            }
        });
        server.start();
    }
}
