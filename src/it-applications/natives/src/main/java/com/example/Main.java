package com.example;

import com.github.luben.zstd.Zstd;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import net.jpountz.lz4.LZ4Factory;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.xerial.snappy.Snappy;

/** Compresses what is posted; every codec brings a native library of its own. */
public class Main {
    interface Codec {
        byte[] compress(byte[] plain) throws IOException;
    }

    public interface LibC extends Library {
        int getpid();
    }

    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
        server.setExecutor(Executors.newFixedThreadPool(2));
        server.createContext("/health", exchange -> answer(exchange, new byte[] {'U', 'P'}));
        serve(server, "/zstd", Zstd::compress);
        serve(server, "/snappy", Snappy::compress);
        serve(server, "/lz4", plain -> LZ4Factory.fastestInstance().fastCompressor().compress(plain));
        serve(server, "/keep", Main::keep);
        serve(server, "/pid", plain -> String.valueOf(Native.load("c", LibC.class).getpid()).getBytes());
        server.start();
    }

    private static byte[] keep(byte[] value) throws IOException {
        try (Options options = new Options().setCreateIfMissing(true);
                RocksDB database = RocksDB.open(options, "/var/lib/blobs/rocks")) {
            database.put(new byte[] {1}, value);
            return database.get(new byte[] {1});
        } catch (RocksDBException e) {
            throw new IOException(e);
        }
    }

    private static void serve(HttpServer server, String path, Codec codec) {
        server.createContext(path, exchange -> {
            byte[] plain = exchange.getRequestBody().readAllBytes();
            try {
                answer(exchange, codec.compress(plain));
            } catch (IOException | LinkageError e) {
                e.printStackTrace();
                exchange.sendResponseHeaders(500, -1);
                exchange.close();
            }
        });
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
