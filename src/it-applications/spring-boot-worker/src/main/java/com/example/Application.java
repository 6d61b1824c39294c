package com.example;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;

/** Has much on its class path that can write, and uses none of that. */
@SpringBootApplication
public class Application {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }

    @KafkaListener(topics = "orders", groupId = "worker")
    void order(String order) {
        LOG.info("order {}", order);
    }

    @Bean
    CommandLineRunner report(JdbcTemplate jdbc) {
        return args -> LOG.info("report of {} bytes for {}", sheet().length, jdbc.queryForObject("select 'today'", String.class));
    }

    private static byte[] sheet() throws IOException {
        try (XSSFWorkbook book = new XSSFWorkbook(); ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            book.createSheet("orders").createRow(0).createCell(0).setCellValue("order");
            book.write(out);
            return out.toByteArray();
        }
    }
}
