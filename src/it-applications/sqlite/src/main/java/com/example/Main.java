package com.example;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Counts visits in a SQLite database. */
public class Main {
    public static void main(String[] args) throws Exception {
        HikariDataSource source = new HikariDataSource();
        source.setJdbcUrl("jdbc:sqlite:/data/visits.db");
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("pragma journal_mode = wal");
            statement.execute("create table if not exists visit (at text)");
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
        server.createContext("/visit", exchange -> {
            byte[] body;
            int status = 200;
            try {
                body = (count(source) + " visits").getBytes(StandardCharsets.UTF_8);
            } catch (SQLException e) {
                body = e.toString().getBytes(StandardCharsets.UTF_8);
                status = 500;
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private static int count(HikariDataSource source) throws SQLException {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("insert into visit values (datetime())");
            try (ResultSet rows = statement.executeQuery("select count(*) from visit")) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
