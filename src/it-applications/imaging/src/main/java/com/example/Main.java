package com.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/** Thumbnails, captions, sheets and documents. */
public class Main {
    interface Work {
        byte[] on(byte[] input) throws IOException;
    }

    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
        serve(server, "/health", input -> new byte[] {'U', 'P'});
        serve(server, "/caption", Main::caption);
        serve(server, "/thumbnail", Main::thumbnail);
        serve(server, "/sheet", Main::sheet);
        serve(server, "/document", Main::document);
        server.start();
    }

    private static byte[] caption(byte[] input) throws IOException {
        BufferedImage image = new BufferedImage(200, 50, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setFont(new Font("SansSerif", Font.PLAIN, 12));
        graphics.drawString("caption", 10, 20);
        return String.valueOf(image.getRGB(10, 20)).getBytes();
    }

    private static byte[] thumbnail(byte[] input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(200, 50, BufferedImage.TYPE_INT_RGB), "png", out);
        return ImageIO.read(new ByteArrayInputStream(out.toByteArray())) == null ? new byte[0] : out.toByteArray();
    }

    private static byte[] sheet(byte[] input) throws IOException {
        try (SXSSFWorkbook book = new SXSSFWorkbook(); ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            var sheet = book.createSheet("rows");
            for (int row = 0; row < 1000; row++) {
                sheet.createRow(row).createCell(0).setCellValue(row);
            }
            book.write(out);
            return out.toByteArray();
        }
    }

    private static byte[] document(byte[] input) throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                content.showText("document");
                content.endText();
            }
            return String.valueOf(new PDFRenderer(document).renderImage(0).getWidth()).getBytes();
        }
    }

    private static void serve(HttpServer server, String path, Work work) {
        server.createContext(path, exchange -> answer(exchange, work));
    }

    private static void answer(HttpExchange exchange, Work work) throws IOException {
        try {
            byte[] body = work.on(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException | RuntimeException | LinkageError e) {
            e.printStackTrace();
            exchange.sendResponseHeaders(500, -1);
        }
        exchange.close();
    }
}
